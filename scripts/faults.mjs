// @ts-check
// `npm run faults`: everything that can go wrong with an upload, played against the real engine. See docs/faults.md.
import { commandEnd, interruption, spawnForwarded } from './forwarded-command.mjs';

const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
const command = [process.execPath, '--import', 'tsx', 'tests/reports/faults/run.ts', ...process.argv.slice(2)];
process.exitCode = await commandEnd(spawnForwarded(command, env), interruption());
