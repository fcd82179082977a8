// @ts-check
// `npm run storage:check`, `:cors`, `:unfinished` and `:migrate`: the app's care for a destination, without its window,
// for whoever sets storage up. Each explains itself with `--help`.
import { commandEnd, interruption, spawnForwarded } from './forwarded-command.mjs';

const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
const [name = '', ...given] = process.argv.slice(2);
// Behind `--`, in front of which Node would take an `--env-file` for its own, wherever it stands.
const program = ['--import', 'tsx', 'scripts/storage/main.ts', '--', name];
const command = [process.execPath, ...program, ...given.slice(given[0] === '--' ? 1 : 0)];
process.exitCode = await commandEnd(spawnForwarded(command, env), interruption());
