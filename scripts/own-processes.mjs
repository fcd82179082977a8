// @ts-check
// Background programs that must not outlive us. Each gets a process group of its own, so that what it starts is
// ended with it, and nothing is ever ended by name.
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * @typedef {object} StartOptions
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [logFile]      where its output goes; nowhere otherwise
 * @property {boolean} [pipe]        gives it a fourth stream (file descriptor 3) that we can read
 * @property {string} [input]        what it finds on its standard input
 */

export function ownProcesses() {
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = [];
  const lastResort = () => children.forEach((child) => signalGroup(child, 'SIGKILL'));
  process.once('exit', lastResort);

  return {
    /**
     * @param {string} command
     * @param {readonly string[]} args
     * @param {StartOptions} [options]
     */
    start(command, args, { env, logFile, pipe, input } = {}) {
      const log = logFile === undefined ? undefined : openSync(logFile, 'a');
      const sink = log ?? 'ignore';
      const child = spawn(command, [...args], {
        env,
        detached: true,
        stdio: [input === undefined ? 'ignore' : 'pipe', sink, sink, pipe ? 'pipe' : 'ignore'],
      });
      if (log !== undefined) closeSync(log);
      child.on('error', () => {}); // a program that cannot be started shows as one that never gets ready
      child.stdin?.on('error', () => {}).end(input);
      children.push(child);
      return child;
    },
    /** Ends them, the latest first, and answers when they are gone. */
    async stop() {
      for (const child of children.reverse()) {
        if (child.pid === undefined) continue;
        const ended = hasEnded(child) ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve));
        signalGroup(child, 'SIGTERM');
        const impatience = setTimeout(() => signalGroup(child, 'SIGKILL'), 5000);
        await ended;
        clearTimeout(impatience);
        signalGroup(child, 'SIGKILL'); // whatever it left behind in its group
      }
      children.length = 0;
      process.off('exit', lastResort);
    },
  };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // the whole group has ended already
  }
}

/** @param {import('node:child_process').ChildProcess} child */
export function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null;
}

/**
 * Asks again and again until the answer is yes.
 * @param {string} what           for the error message
 * @param {() => boolean | Promise<boolean>} isReady
 * @param {AbortSignal} signal    ends the wait
 */
export async function waitFor(what, isReady, signal) {
  const deadline = Date.now() + 20_000;
  while (!(await isReady())) {
    signal.throwIfAborted();
    if (Date.now() > deadline) throw new Error(`${what} was not ready after 20 seconds`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Shows how each log of a folder ends: the reason why something did not get ready.
 * @param {string} folder
 */
export async function printLogs(folder) {
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.log'))) {
    const lines = (await readFile(path.join(folder, name), 'utf8')).trim().split('\n').slice(-8);
    if (lines.join('') !== '') console.error(`── ${name}\n${lines.join('\n')}`);
  }
}
