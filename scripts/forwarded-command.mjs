// @ts-check
// A command in the foreground whose end, exit code and interruption are ours: the caller always gets to tidy up.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { exitCode, localTool, root } from './run-command.mjs';

/** What Chromium says on every start on a machine without a system bus and a graphics card. Nothing else is hidden. */
const harmless = [
  /bus\.cc.*Failed to connect to the bus.*system_bus_socket/,
  /Exiting GPU process due to errors during initialization/,
];

/**
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} env
 */
export function spawnForwarded(command, env) {
  const [program = '', ...args] = command;
  const tool = path.isAbsolute(program) ? undefined : localTool(program);
  const child = spawn(tool ? process.execPath : program, tool ? [tool, ...args] : args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!harmless.some((pattern) => pattern.test(line))) console.error(line);
    });
  }
  return child;
}

/**
 * Aborts when somebody wants us to end: Ctrl+C, a closed terminal, a CI server. From then on ending in good order is
 * the caller's duty.
 * @returns {AbortSignal}
 */
export function interruption() {
  const controller = new AbortController();
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(name, () => controller.abort(name));
  }
  // `kill` on npm reaches only the shell between npm and us, which dies and tells nobody: that shows as a new parent.
  const parent = process.ppid;
  const startedByNpm = process.env['npm_lifecycle_event'] !== undefined;
  const watch = setInterval(() => startedByNpm && process.ppid !== parent && controller.abort('SIGTERM'), 500);
  watch.unref();
  return controller.signal;
}

/**
 * Waits for the command to end. When we are interrupted, it is asked to end too and given time to do so.
 * @param {import('node:child_process').ChildProcess} child
 * @param {AbortSignal} signal
 * @returns {Promise<number>} its exit code
 */
export function commandEnd(child, signal) {
  return new Promise((resolve, reject) => {
    /** @type {NodeJS.Timeout[]} */
    const timers = [];
    const interrupt = () => {
      // Ctrl+C reaches the command by itself, through the terminal: it gets our word only if it does not end.
      timers.push(setTimeout(() => child.kill('SIGTERM'), signal.reason === 'SIGINT' ? 2000 : 0));
      timers.push(setTimeout(() => child.kill('SIGKILL'), 10_000));
    };
    const done = () => {
      timers.forEach(clearTimeout);
      signal.removeEventListener('abort', interrupt);
    };
    signal.addEventListener('abort', interrupt, { once: true });
    if (signal.aborted) interrupt();
    child.once('error', (error) => (done(), reject(error)));
    child.once('exit', (code, name) => (done(), resolve(exitCode(code, name))));
  });
}
