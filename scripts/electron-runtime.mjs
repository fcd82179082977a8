// @ts-check
// Finds or makes an Electron runtime, so that nobody needs GitHub to start, test or package Remessa.
//   node scripts/electron-runtime.mjs          prints the folder
//   node scripts/electron-runtime.mjs --json   prints {dist, executable, source, version}
//   node scripts/electron-runtime.mjs run . …  starts it
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { cachedFallback, canMakeFallback, makeFallback } from './electron-fallback.mjs';
import { commandEnd, interruption, spawnForwarded } from './forwarded-command.mjs';
import { isMain, output, root } from './run-command.mjs';

/**
 * @typedef {object} Runtime
 * @property {string} dist        the folder that holds the executable
 * @property {string} executable
 * @property {'override' | 'electron' | 'npm-fallback'} source
 * @property {string} version
 */

const electronPackage = path.join(root, 'node_modules/electron');

/** @type {Partial<Record<NodeJS.Platform, string>>} */
const executableNames = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
const executableName = executableNames[process.platform] ?? 'electron';

/**
 * In this order: what the person chose, Electron's own download, the stand-in made earlier, Electron's own
 * installer, the stand-in. The installer is not tried again while there is a stand-in: where downloads are
 * blocked each start would wait for it.
 * @param {(line: string) => void} [say]
 * @returns {Promise<Runtime>}
 */
export async function resolveElectron(say = () => {}) {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return runtime(override, 'override');
  const own = ownDist() ?? existingFallback();
  if (own) return own;
  say('Downloading Electron…');
  const failure = runInstaller();
  const downloaded = ownDist();
  if (downloaded) return downloaded;
  if (!canMakeFallback()) throw new Error(adviceFor(failure));
  say(`Electron's own download from github.com does not work here (${failure}).`);
  return runtime(await makeFallback(say), 'npm-fallback');
}

/**
 * Arguments a start from these sources needs. Chromium's sandbox is off only where it cannot be on and Electron would
 * refuse to start: as root, and where neither user namespaces nor a setuid helper are allowed (some containers,
 * Ubuntu 24.04 for programs that were not installed from a package).
 * @param {Runtime} electron
 * @returns {readonly string[]}
 */
export function runtimeArguments({ dist }) {
  if (process.platform !== 'linux') return [];
  if (process.getuid?.() === 0) return ['--no-sandbox'];
  const helper = path.join(dist, 'chrome-sandbox');
  const isSetuidRoot = existsSync(helper) && statSync(helper).uid === 0 && (statSync(helper).mode & 0o4000) !== 0;
  if (isSetuidRoot || output('unshare', ['--user', '--map-root-user', 'true']) !== undefined) return [];
  console.error("This system does not let programs make user namespaces: starting without Chromium's sandbox.");
  return ['--no-sandbox'];
}

/** @returns {Runtime | undefined} */
function ownDist() {
  const dist = path.join(electronPackage, 'dist');
  const found = existsSync(path.join(dist, executableName)) ? runtime(dist, 'electron') : undefined;
  const wanted = JSON.parse(readFileSync(path.join(electronPackage, 'package.json'), 'utf8')).version;
  // A dist left over from another version is not used: the installer replaces it.
  return found?.version === wanted ? found : undefined;
}

/** @returns {Runtime | undefined} */
function existingFallback() {
  const dist = cachedFallback();
  return dist === undefined ? undefined : runtime(dist, 'npm-fallback');
}

/**
 * @param {string} dist
 * @param {Runtime['source']} source
 * @returns {Runtime}
 */
function runtime(dist, source) {
  const versionFile = path.join(dist, 'version');
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : 'unknown';
  return { dist, executable: path.join(dist, executableName), source, version };
}

/** Runs Electron's installer by its path: `npx install-electron` could fetch an unrelated package of that name. */
function runInstaller() {
  const answer = spawnSync(process.execPath, [path.join(electronPackage, 'install.js')], {
    encoding: 'utf8',
    stdio: ['ignore', 2, 'pipe'], // our stdout may be somebody's JSON
    timeout: 20 * 60_000,
  });
  const lines = (answer.stderr ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '');
  // The deepest cause says most: below "fetch failed" stands "getaddrinfo ENOTFOUND github.com".
  const cause = lines.find((line) => /ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN|certificate/.test(line)) ?? lines[0];
  return cause?.replace(/^.*Error: /, '').replace(/[ {]+$/, '') ?? 'no reason given';
}

/** @param {string} failure */
function adviceFor(failure) {
  return [
    `Electron could not be downloaded: ${failure}`,
    "Electron's files come from github.com. Behind a proxy set ELECTRON_GET_USE_PROXY=1 and HTTPS_PROXY,",
    'with a mirror set ELECTRON_MIRROR, or unpack an Electron zip and point ELECTRON_OVERRIDE_DIST_PATH to it.',
  ].join('\n');
}

if (isMain(import.meta.url)) {
  const found = await resolveElectron((line) => console.error(line));
  const [word, ...args] = process.argv.slice(2);
  if (word === 'run') {
    const electron = spawnForwarded([found.executable, ...runtimeArguments(found), ...args], process.env);
    process.exitCode = await commandEnd(electron, interruption());
  } else {
    console.log(word === '--json' ? JSON.stringify(found) : found.dist);
  }
}
