// @ts-check
// `npm run demo`: the main job without a person, in the real app: drop, kill, start again, verified, link, the same
// bytes. Exit code 0 only if all of it is true; pictures of the steps in test-results/demo/.
//   npm run demo -- 1024     with a video of that many MiB (400 unless told)
import { build } from './build.mjs';
import { runInDesktop } from './desktop.mjs';
import { setUp } from './setup.mjs';

await setUp({ packages: ['virtual'], strict: true });
await build();
process.exitCode = await runInDesktop(['node', '--import', 'tsx', 'tests/e2e/demo/demo.ts', ...process.argv.slice(2)]);
