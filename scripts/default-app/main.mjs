// What the fallback runtime runs for `electron [-r file] <app folder>`: loads that app as Electron's own
// default_app does. An ES module, so that `ready` waits for the app's top level.
import { app, dialog } from 'electron';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

function readCommandLine() {
  const required = [];
  const args = process.argv.slice(1);
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (arg === '-r' || arg === '--require') required.push(args[++index]);
    else if (arg === '-v' || arg === '--version') return { required, version: true };
    else if (!arg.startsWith('-')) return { required, file: path.resolve(arg) };
  }
  return { required };
}

/** Gives Electron the app's own name, version and folder, before any code of the app asks for them. */
function introduce(folder) {
  const packageFile = path.join(folder, 'package.json');
  if (!existsSync(packageFile)) return;
  const about = JSON.parse(readFileSync(packageFile, 'utf8'));
  if (about.version) app.setVersion(about.version);
  app.name = about.productName ?? about.name ?? app.name;
  app.setDesktopName?.(about.desktopName ?? `${app.name}.desktop`);
  app.setAppPath(folder);
}

const { required, version, file } = readCommandLine();
if (version || file === undefined) {
  console.log(`v${process.versions.electron}`);
  app.exit(version ? 0 : 1);
} else {
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  for (const module of required) require(path.resolve(module));
  introduce(file);
  try {
    const entry = require.resolve(file);
    if (!existsSync(path.join(file, 'package.json'))) app.setAppPath(path.dirname(entry));
    await import(pathToFileURL(entry).href);
  } catch (error) {
    console.error(error);
    dialog.showErrorBox('The app could not be started', String(error?.stack ?? error));
    app.exit(1);
  }
}
