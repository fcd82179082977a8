import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { checkStorage } from './check-storage.ts';
import { type CommandWorld, type ExitCode, runCommand } from './command.ts';
import { migrate } from './migrate/migrate.ts';
import { setCors } from './set-cors.ts';
import { showUnfinished } from './show-unfinished.ts';

/** The whole program; the launcher names the command. */
async function main(): Promise<ExitCode> {
  const [name = '', ...args] = process.argv.slice(process.argv[2] === '--' ? 3 : 2);
  const world = { ...(await thisComputer()), args };
  switch (name) {
    case 'check':
      return runCommand(checkStorage, world);
    case 'cors':
      return runCommand(setCors, world);
    case 'unfinished':
      return runCommand(showUnfinished, world);
    case 'migrate':
      return runCommand(migrate, world);
    default:
      throw new Error(`No such command: ${name}`);
  }
}

async function thisComputer(): Promise<Omit<CommandWorld, 'args'>> {
  const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return {
    env: process.env,
    // npm goes to the project's folder; paths mean the one that it was called in.
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
    home: homedir(),
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    appVersion: (JSON.parse(manifest) as { readonly version: string }).version,
    interruption: interruption(),
    stdout: process.stdout,
    stderr: process.stderr,
  };
}

/** Ending in good order is the command's own business then. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort(new Error(name)));
  return controller.signal;
}

process.exitCode = await main();
