import { dirname } from 'node:path';
import type { Options, Runtime } from './options.ts';

/** Where a contender's process runs: how to start it with the client program. */
export interface RuntimeCommand {
  readonly name: Runtime;
  readonly program: string;
  readonly args: readonly string[];
}

/** How `scripts/bench.mjs` says which Electron to use. */
interface ElectronCommand {
  readonly executable: string;
  readonly version: string;
  readonly args: readonly string[];
}

/** Node always; Electron where `scripts/bench.mjs` found one. */
export function runtimesOf(
  options: Pick<Options, 'runtimes' | 'profileFolder'>,
  client: string,
): readonly RuntimeCommand[] {
  const found: RuntimeCommand[] = [];
  if (options.runtimes.includes('node')) {
    const profile = options.profileFolder === null ? [] : ['--cpu-prof', '--cpu-prof-dir', options.profileFolder];
    found.push({ name: 'node', program: process.execPath, args: [...profile, client] });
  }
  const electron = electronCommand();
  if (options.runtimes.includes('electron') && electron !== null) {
    found.push({ name: 'electron', program: electron.executable, args: [...electron.args, dirname(client)] });
  }
  return found;
}

export const runtimeTitles = (): Readonly<Record<Runtime, string>> => ({
  node: `Node ${process.versions.node}`,
  electron: `Electron ${electronCommand()?.version ?? ''} (main process)`,
});

function electronCommand(): ElectronCommand | null {
  const told = process.env['REMESSA_BENCH_ELECTRON'];
  return told === undefined ? null : (JSON.parse(told) as ElectronCommand);
}
