// @ts-check
// A real S3 server to be judged by: Ceph's radosgw with one monitor and one store in memory, on loopback, from
// nothing and back to nothing.
import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cephConfig, keyringCaps } from './rgw-config.mjs';
import { ownProcesses, printLogs, waitFor } from './own-processes.mjs';
import { run } from './run-command.mjs';

/**
 * @typedef {object} Radosgw
 * @property {string} endpoint
 * @property {string} accessKeyId
 * @property {string} secretAccessKey
 * @property {string} region
 * @property {() => Promise<void>} stop
 */

/**
 * @param {object} options
 * @param {string} [options.folder]  where its state goes; emptied at the end
 * @param {number} [options.port]    a free one otherwise
 * @param {AbortSignal} options.signal
 * @returns {Promise<Radosgw>}
 */
export async function startRadosgw({ folder, port, signal }) {
  const home = folder ?? (await mkdtemp(path.join(tmpdir(), 'remessa-rgw-')));
  const processes = ownProcesses();
  const stop = async () => {
    await processes.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    await Promise.all(['mon', 'osd', 'rgw', 'log', 'run'].map((name) => mkdir(path.join(home, name), { recursive: true })));
    const place = { home, fsid: randomUUID(), monitorPort: await freePort(), port: port ?? (await freePort()) };
    await writeFile(path.join(home, 'ceph.conf'), cephConfig(place));
    await startMonitor(processes, place, signal);
    await startStore(processes, place, signal);
    const user = await startGateway(processes, place, signal);
    return { endpoint: `http://127.0.0.1:${place.port}`, region: 'us-east-1', ...user, stop };
  } catch (error) {
    if (!signal.aborted) await printLogs(path.join(home, 'log'));
    await stop();
    if (signal.aborted) process.exit(130);
    throw error;
  }
}

/** @typedef {{ home: string, fsid: string, monitorPort: number, port: number }} Place */
/** @typedef {ReturnType<typeof ownProcesses>} Processes */

/** @param {Processes} processes @param {Place} place @param {AbortSignal} signal */
async function startMonitor(processes, place, signal) {
  const keyring = path.join(place.home, 'keyring');
  const map = path.join(place.home, 'monmap');
  await ceph(place, 'monmaptool', '--create', '--fsid', place.fsid, '--addv', 'a', `[v2:127.0.0.1:${place.monitorPort}]`, map);
  await ceph(place, 'ceph-authtool', '--create-keyring', keyring);
  for (const [name, caps] of Object.entries(keyringCaps)) {
    const granted = Object.entries(caps).flatMap(([daemon, cap]) => ['--cap', daemon, cap]);
    await ceph(place, 'ceph-authtool', keyring, '--gen-key', '-n', name, ...granted);
  }
  await ceph(place, 'ceph-mon', '--mkfs', '-i', 'a', '--keyring', keyring, '--monmap', map);
  startDaemon(processes, place, 'ceph-mon', '-f', '-i', 'a');
  await waitFor('The Ceph monitor', () => succeeds(place, 'ceph', '--connect-timeout', '2', 'mon', 'stat'), signal);
  await ceph(place, 'ceph', 'auth', 'import', '-i', keyring);
}

/** @param {Processes} processes @param {Place} place @param {AbortSignal} signal */
async function startStore(processes, place, signal) {
  const id = randomUUID();
  await ceph(place, 'ceph', 'osd', 'new', id);
  await ceph(place, 'ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', id);
  startDaemon(processes, place, 'ceph-osd', '-f', '-i', '0');
  const state = path.join(place.home, 'log/osd-stat.json');
  const isUp = async () => {
    if (!(await succeeds(place, 'ceph', 'osd', 'stat', '--format=json', '-o', state))) return false;
    return JSON.parse(await readFile(state, 'utf8')).num_up_osds === 1;
  };
  await waitFor('The Ceph store', isUp, signal);
}

/** @param {Processes} processes @param {Place} place @param {AbortSignal} signal */
async function startGateway(processes, place, signal) {
  startDaemon(processes, place, 'radosgw', '-f', '-n', 'client.rgw.a');
  const user = { accessKeyId: 'REMESSATESTKEY000001', secretAccessKey: randomUUID().replaceAll('-', '') };
  const keys = ['--access-key', user.accessKeyId, '--secret', user.secretAccessKey];
  await ceph(place, 'radosgw-admin', 'user', 'create', '--uid=remessa', '--display-name=Remessa', ...keys);
  await waitFor('radosgw', () => fetch(`http://127.0.0.1:${place.port}/`).then((answer) => answer.ok, () => false), signal);
  return user;
}

/** @param {Processes} processes @param {Place} place @param {string} program @param {string[]} args */
function startDaemon(processes, place, program, ...args) {
  const logFile = path.join(place.home, 'log', `${program}.out.log`);
  processes.start(program, ['-c', path.join(place.home, 'ceph.conf'), ...args], { env: process.env, logFile });
}

/** @param {Place} place @param {string} program @param {string[]} args */
async function ceph(place, program, ...args) {
  const isOffline = program === 'monmaptool' || program === 'ceph-authtool'; // these read no configuration
  const all = isOffline ? args : ['-c', path.join(place.home, 'ceph.conf'), ...args];
  const log = openSync(path.join(place.home, 'log/commands.log'), 'a');
  const code = await run(program, all, { stdio: ['ignore', 'ignore', log] });
  closeSync(log);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed with exit code ${code}`);
}

/** @param {Place} place @param {string} program @param {string[]} args */
function succeeds(place, program, ...args) {
  return ceph(place, program, ...args).then(() => true, () => false);
}

/** @returns {Promise<number>} a port that was free a moment ago */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
