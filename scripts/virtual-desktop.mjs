// @ts-check
// A desktop session for a machine without one: display, session bus and an unlocked keychain, all of them
// throw-away and reachable by this user alone.
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isInstalled, output } from './run-command.mjs';
import { ownProcesses, printLogs, waitFor } from './own-processes.mjs';

/**
 * @typedef {object} VirtualDesktop
 * @property {string} display              such as `:99`
 * @property {NodeJS.ProcessEnv} env       for programs that are to run in it
 * @property {() => Promise<void>} stop
 */

/**
 * @param {AbortSignal} signal
 * @returns {Promise<VirtualDesktop>}
 */
export async function startVirtualDesktop(signal) {
  const missing = ['Xvfb', 'dbus-daemon', 'dbus-send', 'gnome-keyring-daemon'].filter((name) => !isInstalled(name));
  if (missing.length > 0) throw new Error(`A virtual desktop needs these programs, please install them: ${missing.join(', ')}`);
  const folder = await mkdtemp(path.join(tmpdir(), 'remessa-desktop-'));
  const processes = ownProcesses();
  const stop = async () => {
    await processes.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const display = await startDisplay(processes, folder, signal);
    const env = await sessionEnvironment(folder, display);
    await startBus(processes, folder, env, signal);
    await startKeychain(processes, folder, env, signal);
    return { display, env, stop };
  } catch (error) {
    if (!signal.aborted) await printLogs(folder);
    await stop();
    if (signal.aborted) process.exit(130);
    throw error;
  }
}

/** @typedef {ReturnType<typeof ownProcesses>} Processes */

/**
 * @param {Processes} processes
 * @param {string} folder
 * @param {AbortSignal} signal
 */
async function startDisplay(processes, folder, signal) {
  const cookies = path.join(folder, 'xauthority');
  await writeFile(cookies, cookieFile(), { mode: 0o600 });
  // Xvfb picks a free display itself and tells its number on descriptor 3: two at once cannot collide.
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-auth', cookies];
  const server = processes.start('Xvfb', args, { pipe: true, logFile: path.join(folder, 'xvfb.log') });
  let number = '';
  const told = /** @type {import('node:stream').Readable | undefined} */ (server.stdio[3] ?? undefined);
  told?.on('data', (chunk) => (number += chunk));
  await waitFor('The virtual display (Xvfb)', () => number.endsWith('\n'), signal);
  return `:${number.trim()}`;
}

/**
 * An .Xauthority file with one secret for any display (xauth's `FamilyWild`). Without it every user of this machine
 * could look at the display and type into it.
 */
function cookieFile() {
  const empty = Buffer.alloc(0);
  const name = Buffer.from('MIT-MAGIC-COOKIE-1');
  const familyWild = Buffer.from([0xff, 0xff]);
  return Buffer.concat([familyWild, counted(empty), counted(empty), counted(name), counted(randomBytes(16))]);
}

/** @param {Buffer} field */
function counted(field) {
  return Buffer.concat([Buffer.from([0, field.length]), field]);
}

/**
 * @param {string} folder
 * @param {string} display
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function sessionEnvironment(folder, display) {
  const runtimeFolder = path.join(folder, 'run');
  const dataFolder = path.join(folder, 'data');
  await mkdir(runtimeFolder);
  await chmod(runtimeFolder, 0o700);
  await mkdir(dataFolder);
  const { WAYLAND_DISPLAY: _wayland, GNOME_KEYRING_CONTROL: _keyring, ...inherited } = process.env;
  return {
    ...inherited,
    DISPLAY: display,
    XAUTHORITY: path.join(folder, 'xauthority'),
    XDG_RUNTIME_DIR: runtimeFolder,
    XDG_DATA_HOME: dataFolder,
    XDG_SESSION_TYPE: 'x11',
    XDG_CURRENT_DESKTOP: 'GNOME',
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${runtimeFolder}/bus`,
    NO_AT_BRIDGE: '1', // no screen reader's bus, which would only complain that it cannot start
  };
}

/**
 * @param {Processes} processes
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 */
async function startBus(processes, folder, env, signal) {
  const address = String(env['DBUS_SESSION_BUS_ADDRESS']);
  processes.start('dbus-daemon', ['--session', '--nofork', '--nopidfile', `--address=${address}`], { env, logFile: path.join(folder, 'bus.log') });
  await waitFor('The session bus (dbus-daemon)', () => hasOwner('org.freedesktop.DBus', address), signal);
}

/**
 * @param {Processes} processes
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 */
async function startKeychain(processes, folder, env, signal) {
  const args = ['--foreground', '--unlock', '--components=secrets'];
  const password = randomBytes(16).toString('hex'); // read from its standard input; nobody needs it again
  processes.start('gnome-keyring-daemon', args, { env, input: password, logFile: path.join(folder, 'keyring.log') });
  const address = String(env['DBUS_SESSION_BUS_ADDRESS']);
  await waitFor('The keychain (gnome-keyring)', () => hasOwner('org.freedesktop.secrets', address), signal);
}

/**
 * Does a program on this bus answer to the name?
 * @param {string} name
 * @param {string} address
 */
function hasOwner(name, address) {
  const question = ['--print-reply', '--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner'];
  return output('dbus-send', [`--bus=${address}`, ...question, `string:${name}`])?.includes('boolean true') ?? false;
}
