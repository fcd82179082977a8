// @ts-check
// Which Debian packages a duty needs, which of them are missing, and how they get installed.
//   node scripts/system-packages.mjs test   installs (as root) or prints the sudo line and fails
import { isInstalled, isMain, output, run } from './run-command.mjs';

/** Names as in Debian 12. Newer Debian and Ubuntu append `t64` to some: both names are tried. */
const packages = {
  /** The shared libraries an Electron window needs, and those it uses for notifications and the keychain. */
  window: ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libnotify4', 'libsecret-1-0'],
  /** A desktop session where there is none: display, session bus, keychain, trash. */
  virtual: ['xvfb', 'dbus-daemon', 'gnome-keyring', 'libglib2.0-bin'],
  /** What the tests use besides: test videos. */
  test: ['ffmpeg'],
  /** File systems that only root can mount, for the tests of disks; what is missing of them is said there, and skipped. */
  volumes: ['e2fsprogs', 'btrfs-progs', 'xfsprogs', 'exfatprogs', 'exfat-fuse'],
  /** The real S3 server some tests run against. */
  ceph: ['ceph-mon', 'ceph-osd', 'radosgw', 'ceph-common'],
};

/** @typedef {keyof typeof packages} PackageSet */

/** Does this machine have apt? Everywhere else there is nothing we could install. */
export function hasApt() {
  return process.platform === 'linux' && isInstalled('apt-get') && isInstalled('dpkg-query');
}

/**
 * @param {readonly PackageSet[]} sets
 * @returns {readonly string[]} names as in Debian 12
 */
export function missingPackages(sets) {
  if (!hasApt()) return [];
  const wanted = sets.flatMap((set) => packages[set]);
  const installed = output('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Package}\n']) ?? '';
  const present = new Set(installed.split('\n').filter((line) => line.startsWith('installed ')).map((line) => line.slice(10)));
  return wanted.filter((name) => !present.has(name) && !present.has(`${name}t64`));
}

/**
 * Installs what is missing when we are root.
 * @param {readonly PackageSet[]} sets
 * @param {(line: string) => void} say
 * @returns {Promise<boolean>} is everything there now?
 */
export async function ensurePackages(sets, say) {
  const missing = missingPackages(sets);
  if (missing.length === 0) return true;
  if (process.getuid?.() !== 0) {
    say(`Missing system packages. Please run:\n\n  ${sudoLine(missing)}\n`);
    return false;
  }
  say(`Installing system packages: ${missing.join(' ')}`);
  if (!(await install(missing))) throw new Error(`apt-get could not install: ${missing.join(' ')}`);
  return true;
}

/** @param {readonly string[]} missing */
async function install(missing) {
  // The lists may be absent (a fresh container) or old (a package has moved on): then fetch them and try again.
  const known = candidates(missing);
  const allKnown = missing.every((name) => known.includes(name) || known.includes(`${name}t64`));
  if (allKnown && (await apt(...installArguments(missing)))) return true;
  await updateLists();
  return apt(...installArguments(missing));
}

async function updateLists() {
  // Unlike the lock for installing, apt does not wait for the lock of the lists.
  for (let attempt = 0; attempt < 20; attempt++) {
    if (await apt('update', '-qq')) return;
    await new Promise((resolve) => setTimeout(resolve, 3000));
  }
}

/** @param {readonly string[]} missing */
function installArguments(missing) {
  return ['install', '-y', '-qq', '--no-install-recommends', ...existingNames(missing)];
}

/** @param {string[]} args */
async function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-o', 'DPkg::Lock::Timeout=600', '-o', 'Dpkg::Use-Pty=0'];
  return (await run('apt-get', [...quiet, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] })) === 0;
}

/** @param {readonly string[]} missing */
function sudoLine(missing) {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${existingNames(missing).join(' ')}`;
}

/**
 * The name by which this release of the distribution knows each package.
 * @param {readonly string[]} names
 */
function existingNames(names) {
  const known = new Set(candidates(names));
  return names.map((name) => (!known.has(name) && known.has(`${name}t64`) ? `${name}t64` : name));
}

/**
 * Those of the names, with and without t64, that apt could install.
 * @param {readonly string[]} names
 */
function candidates(names) {
  const asked = names.flatMap((name) => [name, `${name}t64`]);
  const policy = output('apt-cache', ['policy', ...asked]) ?? '';
  return [...policy.matchAll(/^(\S+):\n {2}Installed: .*\n {2}Candidate: (?!\(none\))/gm)].map((match) => String(match[1]));
}

if (isMain(import.meta.url)) {
  const asked = /** @type {PackageSet[]} */ (process.argv.slice(2));
  const unknown = asked.filter((set) => !(set in packages));
  if (unknown.length > 0) throw new Error(`No such set: ${unknown.join(' ')}. There are: ${Object.keys(packages).join(' ')}`);
  const sets = asked.length > 0 ? asked : /** @type {PackageSet[]} */ (['window', 'virtual', 'test']);
  process.exitCode = (await ensurePackages(sets, console.log)) ? 0 : 1;
}
