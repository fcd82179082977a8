// @ts-check
// `npm run drill`: kills the engine at every step of its journal and at any other moment, and counts what it costs.
import { commandEnd, interruption, spawnForwarded } from './forwarded-command.mjs';
import { startRadosgw } from './rgw.mjs';
import { setUp } from './setup.mjs';
import { hasApt, missingPackages } from './system-packages.mjs';

const args = process.argv.slice(2);
const target = targetOf(args);
const signal = interruption();
process.exitCode = target === 'radosgw' && !args.includes('--help') ? await againstRadosgw() : await drill({});

/** @param {NodeJS.ProcessEnv} settings */
function drill(settings) {
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...settings };
  const command = [process.execPath, '--import', 'tsx', 'tests/reports/drill/run.ts', ...args];
  return commandEnd(spawnForwarded(command, env), signal);
}

async function againstRadosgw() {
  if (!hasApt()) throw new Error('radosgw runs here only on Debian and its like, from their packages.');
  if (missingPackages(['ceph']).length > 0) await setUp({ packages: ['ceph'], strict: true });
  console.error('Bringing up radosgw…');
  const server = await startRadosgw({ signal });
  try {
    return await drill({
      REMESSA_S3_ENDPOINT: server.endpoint,
      REMESSA_S3_ACCESS_KEY_ID: server.accessKeyId,
      REMESSA_S3_SECRET_ACCESS_KEY: server.secretAccessKey,
      REMESSA_S3_REGION: server.region,
    });
  } finally {
    await server.stop();
  }
}

/** @param {readonly string[]} all */
function targetOf(all) {
  const at = all.findIndex((arg) => arg === '--target' || arg.startsWith('--target='));
  const name = at < 0 ? 'practice' : (all[at]?.split('=')[1] ?? all[at + 1] ?? '');
  if (name !== 'practice' && name !== 'radosgw') throw new Error(`--target ${name}: practice or radosgw is meant`);
  return name;
}
