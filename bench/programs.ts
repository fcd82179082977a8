import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleForNode } from '../tests/support/bundle-node.ts';

export interface Programs {
  readonly client: string;
  readonly sink: string;
  /** The caller's to remove. */
  readonly folders: readonly string[];
}

const source = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Client and server as bundles: what runs in the app is a bundle, too, and both start fast. */
export async function buildPrograms(): Promise<Programs> {
  const client = await bundleForNode(source('./client.ts'));
  const sink = await bundleForNode(source('./sink.ts'));
  for (const program of [client, sink]) {
    // Electron takes a folder with a package.json; the chunks beside the program are modules, too.
    await writeFile(join(dirname(program), 'package.json'), '{ "type": "module", "main": "program.mjs" }\n');
  }
  return { client, sink, folders: [dirname(client), dirname(sink)] };
}
