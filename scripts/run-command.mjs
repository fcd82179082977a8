// @ts-check
// Starting other programs: the few lines every script here needs. Only node: builtins, it runs before `npm ci`.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The repository's root folder. */
export const root = path.resolve(import.meta.dirname, '..');

/**
 * Runs a program in the root folder and answers its exit code. Nothing started here ever reads the keyboard.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(exitCode(code, signal)));
  });
}

/**
 * What a shell would answer for a program that ended this way.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCode(code, signal) {
  if (code !== null) return code;
  return 128 + (signal ? constants.signals[signal] : 0);
}

/**
 * The output of a short program, or undefined when it is absent or failed.
 * @param {string} command
 * @param {readonly string[]} args
 */
export function output(command, args) {
  const answer = spawnSync(command, [...args], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' }, // the callers read English
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return answer.status === 0 ? answer.stdout : undefined;
}

/**
 * Is this program on the PATH?
 * @param {string} command
 */
export function isInstalled(command) {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.some((folder) => folder !== '' && existsSync(path.join(folder, command)));
}

/**
 * The JavaScript file behind `node_modules/.bin/<name>`. Started with node itself it needs no shell, so that
 * Windows' `.cmd` shims and their quoting stay out of the way.
 * @param {string} name
 * @returns {string | undefined}
 */
export function localTool(name) {
  const lock = JSON.parse(readFileSync(path.join(root, 'node_modules/.package-lock.json'), 'utf8'));
  const owners = Object.entries(lock.packages)
    .filter(([, entry]) => entry.bin?.[name] !== undefined)
    .sort(([a], [b]) => a.length - b.length); // the shortest path is the hoisted package
  const owner = owners[0];
  return owner && path.join(root, owner[0], owner[1].bin[name]);
}

/**
 * Was this module started by `node file.mjs` (and not imported)?
 * @param {string} url
 */
export function isMain(url) {
  return process.argv[1] !== undefined && url === pathToFileURL(path.resolve(process.argv[1])).href;
}
