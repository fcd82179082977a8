// @ts-check
// Bundles one TypeScript program of the project for plain Node, so that it starts as fast as a compiled one and can be
// killed and started a hundred times.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

/**
 * @param {string} entry  path of the program, a `.ts` file
 * @returns {Promise<string>} path of the bundle, in a new temporary folder that is the caller's to remove
 */
export async function bundleForNode(entry) {
  const outDir = await mkdtemp(path.join(tmpdir(), 'remessa-bundle-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { format: 'es', entryFileNames: 'program.mjs' } },
    },
    ssr: { noExternal: true, external: ['electron', '@napi-rs/keyring'] },
  });
  return path.join(outDir, 'program.mjs');
}
