import { cpus, release, type as systemName } from 'node:os';

/** Where and when something was measured. */
export const describeMachine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${systemName()} ${release()}, ` +
  `Node ${process.versions.node}; ${new Date().toISOString().slice(0, 10)}`;
