import { join } from 'node:path';
import log from 'electron-log/main.js';
import { redact } from './redact.ts';
import type { UploadLog } from './uploads/ports.ts';

/** Bytes at which the file is rotated; one old file is kept. */
const maxFileBytes = 2 * 1024 * 1024;

/** A rotating file in the app's log folder. Facts are flat and few: ids, codes, numbers; no paths, no keys, no URLs. */
export function openLog(folder: string): UploadLog {
  log.transports.console.level = false;
  log.transports.file.level = 'info';
  log.transports.file.maxSize = maxFileBytes;
  log.transports.file.resolvePathFn = () => join(folder, 'remessa.log');
  return {
    info: (event, facts) => log.info(line(event, facts)),
    warn: (event, facts) => log.warn(line(event, facts)),
  };
}

const line = (event: string, facts: Readonly<Record<string, unknown>>): string =>
  redact(`${event} ${JSON.stringify(facts)}`);
