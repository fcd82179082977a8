import { rmSync } from 'node:fs';
import { copyFile, mkdtemp, open, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MiB } from '../electron/uploads/part-plan.ts';
import { bundleForNode } from '../tests/support/bundle-node.ts';
import { letRest, makeVideo } from '../tests/support/sample-video.ts';
import { digestWorkerName } from './job.ts';

export interface Programs {
  readonly client: string;
  readonly sink: string;
  readonly rival: string;
}

/** Where the bench works; gone at its end, also when somebody interrupts it. */
export interface Workshop {
  readonly folder: string;
  readonly programs: Programs;
}

const source = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export async function openWorkshop(): Promise<Workshop> {
  const folder = await newFolder();
  return { folder, programs: await buildPrograms() };
}

/** A folder that does not stay behind: there may be gigabytes in it. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'remessa-bench-'));
  removeAtExit(folder);
  return folder;
}

function removeAtExit(folder: string): void {
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
}

/** Client and server as bundles: what runs in the app is a bundle, too, and both start fast. */
async function buildPrograms(): Promise<Programs> {
  const [client, sink, rival] = ['./client.ts', './sink.ts', './wan/rival.ts'].map(source);
  const made = { client: await bundle(client), sink: await bundle(sink), rival: await bundle(rival) };
  const worker = await bundle(source('../electron/digest/digest-worker.ts'));
  await copyFile(worker, join(dirname(made.client), digestWorkerName));
  return made;
}

async function bundle(entry = ''): Promise<string> {
  const program = await bundleForNode(entry);
  removeAtExit(dirname(program));
  // Electron takes a folder with a package.json; the chunks beside the program are modules, too.
  await writeFile(join(dirname(program), 'package.json'), '{ "type": "module", "main": "program.mjs" }\n');
  return program;
}

/** What is uploaded. A file of holes has no cost of its own on the disk, and reads as zeros. */
export async function makeFile(path: string, sizeMiB: number, isSparse: boolean): Promise<string> {
  await makeVideo(path, isSparse ? MiB : sizeMiB * MiB);
  if (!isSparse) return path;
  const file = await open(path, 'r+');
  await file.truncate(sizeMiB * MiB);
  await file.close();
  return letRest(path);
}
