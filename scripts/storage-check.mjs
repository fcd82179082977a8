// @ts-check
// `npm run storage:check`: the configuration check of the app, for the destination that the environment or a file names.
import { commandEnd, interruption, spawnForwarded } from './forwarded-command.mjs';

const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
// Behind `--`, in front of which Node would take an `--env-file` for its own, wherever it stands.
const program = ['--import', 'tsx', 'scripts/storage/check-storage.ts', '--'];
const command = [process.execPath, ...program, ...process.argv.slice(process.argv[2] === '--' ? 3 : 2)];
process.exitCode = await commandEnd(spawnForwarded(command, env), interruption());
