// @ts-check
// `npm start`: from a fresh checkout to the open window. Arguments are passed on:
//   npm start -- --user-data-dir=/tmp/another-profile
import { build } from './build.mjs';
import { runtimeArguments } from './electron-runtime.mjs';
import { commandEnd, interruption, spawnForwarded } from './forwarded-command.mjs';
import { desktopNeeds, openDesktop } from './own-or-virtual-desktop.mjs';
import { setUp } from './setup.mjs';

const electron = await setUp(desktopNeeds());
await build();
const signal = interruption();
const desktop = await openDesktop(signal);
try {
  const app = spawnForwarded([electron.executable, ...runtimeArguments(electron), '.', ...process.argv.slice(2)], desktop.env);
  process.exitCode = await commandEnd(app, signal);
} finally {
  await desktop.stop();
}
