import { checkStorage } from '../../scripts/storage/check-storage.ts';
import { type CommandWorld, runCommand } from '../../scripts/storage/command.ts';
import { migrate } from '../../scripts/storage/migrate/migrate.ts';
import { setCors } from '../../scripts/storage/set-cors.ts';
import { showUnfinished } from '../../scripts/storage/show-unfinished.ts';
import type { CommandName } from '../../scripts/storage/text/command-text.ts';
import type { CommandEnd } from './storage-command.ts';

const commands = {
  check: (world: CommandWorld) => runCommand(checkStorage, world),
  cors: (world: CommandWorld) => runCommand(setCors, world),
  unfinished: (world: CommandWorld) => runCommand(showUnfinished, world),
  migrate: (world: CommandWorld) => runCommand(migrate, world),
};

interface CallSetting {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly home: string;
}

/** A storage command in this very process: starting another one takes a second. */
export async function callCommand(name: CommandName, args: readonly string[], setting: CallSetting): Promise<CommandEnd> {
  let [stdout, stderr] = ['', ''];
  const code = await commands[name]({
    ...setting,
    args,
    locale: 'en-US',
    appVersion: '0.0.0-test',
    interruption: new AbortController().signal,
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
  });
  return { code, stdout, stderr };
}
