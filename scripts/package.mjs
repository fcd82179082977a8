// @ts-check
// `npm run package`: builds Remessa and packages it for this system into release/.
//   --dir        only the unpacked folder, which the end-to-end tests start
//   --no-build   takes dist/ as it is
// Everything else goes to electron-builder (`-- --linux deb`).
import { build } from './build.mjs';
import { setUp } from './setup.mjs';
import { localTool, run } from './run-command.mjs';

const args = process.argv.slice(2);
if (!args.includes('--no-build')) {
  await setUp({ packages: [], strict: false });
  await build();
}
const passedOn = args.filter((arg) => arg !== '--no-build');
const builder = [String(localTool('electron-builder')), '--config', 'electron-builder.mjs', '--publish', 'never'];
process.exitCode = await run(process.execPath, [...builder, ...passedOn]);
