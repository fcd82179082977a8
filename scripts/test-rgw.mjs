// @ts-check
// `npm run test:rgw`: the integration tests against Ceph's radosgw, brought up for them and taken down after.
import path from 'node:path';
import { commandEnd, interruption, spawnForwarded } from './forwarded-command.mjs';
import { startRadosgw } from './rgw.mjs';
import { setUp } from './setup.mjs';
import { hasApt, missingPackages } from './system-packages.mjs';
import { printClosingLine, reportFolder, vitestReporters } from './test-reports.mjs';

const bucket = 'remessa-test';
const isPartOfTest = process.argv.includes('--if-installed');
/** Tests named by the caller, if any. */
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
/** Tests that bring all they talk to with them, disks or a practice bucket: here they would only be run again. */
const elsewhere = ['disk-*', 'doctor-links', 'provider-rules', 'storage-{check,cors,options,unfinished}', 'upkeep'];
const excluded = elsewhere.flatMap((name) => ['--exclude', `tests/integration/${name}.test.ts`]);

if (isPartOfTest && (!hasApt() || missingPackages(['ceph']).length > 0)) {
  console.log('NOT RUN: Ceph is not installed here. `npm run test:rgw` installs it (Debian, Ubuntu) and runs these tests.');
} else {
  if (!hasApt()) throw new Error('radosgw runs here only on Debian and its like, from their packages.');
  if (!isPartOfTest) await setUp({ packages: ['virtual', 'test', 'ceph'], strict: true });
  const reports = reportFolder();
  const code = await runTests(reports, interruption());
  if (!isPartOfTest) printClosingLine(reports, code === 0 ? 0 : 1);
  process.exitCode = code;
}

/**
 * @param {string} reports
 * @param {AbortSignal} signal
 */
async function runTests(reports, signal) {
  console.log('Bringing up radosgw…');
  const server = await startRadosgw({ signal });
  try {
    await createBucket(server);
    console.log(`radosgw answers on ${server.endpoint}`);
    const tests = ['vitest', 'run', '--project', 'integration', ...excluded, ...named];
    const reporters = vitestReporters(path.join(reports, 'radosgw.json'));
    const command = ['node', path.join(import.meta.dirname, 'desktop.mjs'), '--', ...tests, ...reporters];
    return await commandEnd(spawnForwarded(command, { ...process.env, ...settings(server) }), signal);
  } finally {
    await server.stop();
  }
}

/** @param {import('./rgw.mjs').Radosgw} server */
function settings(server) {
  return {
    REMESSA_S3_ENDPOINT: server.endpoint,
    REMESSA_S3_ACCESS_KEY_ID: server.accessKeyId,
    REMESSA_S3_SECRET_ACCESS_KEY: server.secretAccessKey,
    REMESSA_S3_REGION: server.region,
    REMESSA_S3_BUCKET: bucket,
  };
}

/** @param {import('./rgw.mjs').Radosgw} server */
async function createBucket({ endpoint, region, accessKeyId, secretAccessKey }) {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
}
