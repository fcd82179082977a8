// @ts-check
// `npm run dev`: the window from Vite's server with hot reload; main process and preload rebuilt, and Electron
// restarted, when their sources change. Ends with Ctrl+C or when the window is closed.
import { runtimeArguments } from './electron-runtime.mjs';
import { interruption, spawnForwarded } from './forwarded-command.mjs';
import { desktopNeeds, openDesktop } from './own-or-virtual-desktop.mjs';
import { hasEnded } from './own-processes.mjs';
import { root } from './run-command.mjs';
import { setUp } from './setup.mjs';

const electron = await setUp(desktopNeeds());
const { createBuilder, createServer } = await import('vite');
const signal = interruption();
const desktop = await openDesktop(signal);
const server = await createServer({ configFile: `${root}/vite.config.ts` });
await server.listen();
const url = server.resolvedUrls?.local[0] ?? '';

/** @type {import('node:child_process').ChildProcess | undefined} */
let app;
/** Restarts in a row, never two at once. */
let restarts = Promise.resolve();

function startApp() {
  const command = [electron.executable, ...runtimeArguments(electron), '.', ...process.argv.slice(2)];
  const started = spawnForwarded(command, { ...desktop.env, VITE_DEV_SERVER_URL: url });
  // Ended, and not by us: the person closed the window.
  started.once('exit', () => started === app && void end());
  started.once('error', (error) => void end(error));
  app = started;
}

async function stopApp() {
  const ending = app;
  app = undefined;
  if (!ending || hasEnded(ending)) return;
  const ended = new Promise((resolve) => ending.once('exit', resolve));
  ending.kill('SIGTERM');
  const impatience = setTimeout(() => ending.kill('SIGKILL'), 3000); // it may be asking whether to quit
  await ended;
  clearTimeout(impatience);
}

/** @param {unknown} [error] */
async function end(error) {
  if (error) console.error(error);
  await stopApp();
  await desktop.stop();
  process.exit(error ? 1 : 0);
}

signal.addEventListener('abort', () => void end());

const builder = await createBuilder({
  configFile: `${root}/vite.config.ts`,
  mode: 'development',
  logLevel: 'warn',
  environments: { main: { build: { watch: {} } }, preload: { build: { watch: {} } } },
});
const names = ['main', 'preload'];
const unbuilt = new Set(names);
for (const name of names) {
  const environment = builder.environments[name];
  const watcher = environment && (await builder.build(environment));
  if (!watcher || !('on' in watcher)) throw new Error(`vite.config.ts has no environment ${name} that can be watched`);
  let isBroken = false;
  watcher.on('event', (event) => {
    if (event.code === 'START') isBroken = false;
    if (event.code === 'ERROR') isBroken = true; // Vite has printed why; the app goes on as it was
    if (event.code !== 'END' || isBroken) return;
    unbuilt.delete(name);
    if (unbuilt.size > 0 || signal.aborted) return;
    console.error(app ? `${name} has changed: restarting` : `Hot reload from ${url}`);
    restarts = restarts.then(stopApp).then(startApp);
  });
}
