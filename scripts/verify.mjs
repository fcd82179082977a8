// @ts-check
// `npm run verify -- receipt.json`: looks at the object of a receipt again, without downloading it. See docs/receipts.md.
import { commandEnd, interruption, spawnForwarded } from './forwarded-command.mjs';

const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
const command = [process.execPath, '--import', 'tsx', 'scripts/verify/verify-receipts.ts', ...process.argv.slice(2)];
process.exitCode = await commandEnd(spawnForwarded(command, env), interruption());
