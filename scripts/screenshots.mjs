// @ts-check
// `npm run screenshots`: docs/screenshots/*.png from the real app, in states that a real server brings about.
//   npm run screenshots -- -g dark     only those whose name matches
import { build } from './build.mjs';
import { runInDesktop } from './desktop.mjs';
import { setUp } from './setup.mjs';

await setUp({ packages: ['virtual'], strict: true });
await build();
const playwright = ['playwright', 'test', '--config', 'tests/e2e/screenshots/playwright.config.ts'];
process.exitCode = await runInDesktop([...playwright, ...process.argv.slice(2)]);
