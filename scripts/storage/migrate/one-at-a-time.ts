import { createHash } from 'node:crypto';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { type Server, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Two processes at one journal would send everything twice. Whoever listens at the folder's own local socket has it: the
 * system ends that with the process, however the process ends. Null where another has it.
 */
export async function takeFolder(folder: string): Promise<{ readonly release: () => Promise<void> } | null> {
  const name = `remessa-${createHash('sha256').update(await nameOf(folder)).digest('hex').slice(0, 24)}`;
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
  const server = (await listenAt(address)) ?? ((await isAnswered(address)) ? null : await listenAfresh(address));
  if (server === null) return null;
  return { release: () => new Promise((resolve) => void server.close(() => resolve())) };
}

/** However it is written, a folder is one. It is made, because what is not there has no such name. */
async function nameOf(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return realpath(folder);
}

/** A process that was killed leaves the name of its socket behind. One that cannot be taken away is somebody else's. */
async function listenAfresh(address: string): Promise<Server | null> {
  await rm(address, { force: true }).catch(() => undefined);
  return listenAt(address);
}

/** Null where the name is taken. */
function listenAt(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(address, () => {
      // It is no reason to go on living.
      server.unref();
      resolve(server);
    });
  });
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
