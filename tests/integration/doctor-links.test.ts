import { once } from 'node:events';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../support/certificate.ts';
import { type PublicAnswer, type PublicSite, startPublicSite } from '../support/public-site.ts';
import { named, setUpkeepStage, type UpkeepStage } from '../support/upkeep-stage.ts';

let stage: UpkeepStage;
let site: PublicSite | undefined;
beforeEach(async () => {
  stage = await setUpkeepStage();
});
afterEach(async () => {
  await site?.stop();
  site = undefined;
  await stage.end();
});

const withType =
  (type: string) =>
  (answer: PublicAnswer): PublicAnswer => ({ ...answer, headers: { ...answer.headers, 'content-type': type } });

describe('the public address', () => {
  it.each<[string, (answer: PublicAnswer, path: string) => PublicAnswer, object]>([
    ['that shows the video passes', (answer) => answer, { state: 'passed' }],
    ['may say more about the type', withType('video/mp4; charset=binary'), { state: 'passed' }],
    ['with another type', withType('application/octet-stream'), { state: 'failed', problem: 'wrong-type', facts: { type: 'application/octet-stream' } }],
    ['without a type', withType(''), { state: 'failed', problem: 'wrong-type', facts: { type: '' } }],
    ['with other content', (answer) => ({ ...answer, body: Buffer.alloc(answer.body.length) }), { state: 'failed', problem: 'wrong-content' }],
    ['with more content', (answer) => ({ ...answer, body: Buffer.concat([answer.body, Buffer.from('x')]) }), { state: 'failed', problem: 'wrong-content' }],
    ['where nothing is', (answer) => ({ ...answer, status: 404 }), { state: 'failed', problem: 'public-status', facts: { status: 404 } }],
    ['that is closed', (answer) => ({ ...answer, status: 403 }), { state: 'failed', problem: 'public-status', facts: { status: 403 } }],
  ])('%s', async (_what, change, expected) => {
    site = await startPublicSite(stage.target, change);
    const report = await stage.check({ destination: { publicBaseUrl: site.baseUrl } });
    const found = named(report, 'public-url');
    expect(found).toMatchObject({ ...expected, facts: { url: site.baseUrl, ...('facts' in expected ? (expected.facts as object) : {}) } });
    expect(site.asked).toHaveLength(1);
    expect(site.asked[0]?.headers['authorization']).toBeUndefined();
    expect(site.asked[0]?.path).toMatch(/^\/videos\/\.remessa-check-/);
  });

  it('that ignores ranges plays, and cannot be sought in', async () => {
    site = await startPublicSite(stage.target, undefined, { hasRanges: false });
    const report = await stage.check({ destination: { publicBaseUrl: site.baseUrl } });
    expect(named(report, 'public-url')).toMatchObject({ state: 'warned', problem: 'no-ranges' });
  });

  it('may send strangers on to another', async () => {
    const real = await startPublicSite(stage.target);
    site = await startPublicSite(stage.target, (_answer, path) => ({
      status: 302,
      headers: { location: `${real.baseUrl}${path}` },
      body: Buffer.alloc(0),
    }));
    const report = await stage.check({ destination: { publicBaseUrl: `${site.baseUrl}/` } });
    expect(named(report, 'public-url').state).toBe('passed');
    await real.stop();
  });

  it('that sends strangers round in a circle is not waited for', async () => {
    site = await startPublicSite(stage.target, (_answer, path) => ({ status: 302, headers: { location: path }, body: Buffer.alloc(0) }));
    const report = await stage.check({ destination: { publicBaseUrl: site.baseUrl } });
    expect(named(report, 'public-url')).toMatchObject({ state: 'failed', problem: 'public-unreachable' });
  });

  it('where nobody listens, or nobody is known', async () => {
    const report = await stage.check({ destination: { publicBaseUrl: 'http://127.0.0.1:9' } });
    expect(named(report, 'public-url')).toMatchObject({
      state: 'failed',
      problem: 'public-unreachable',
      error: null,
      facts: { url: 'http://127.0.0.1:9', reason: 'offline' },
    });
    const unknown = await stage.check({ destination: { publicBaseUrl: 'http://no..name' } });
    expect(named(unknown, 'public-url')).toMatchObject({ problem: 'public-unreachable', facts: { reason: 'offline' } });
  });

  it('with a certificate that nobody trusts', async () => {
    const { key, certificate: cert } = makeCertificate('127.0.0.1');
    const server = createSecureServer({ key, cert }, (_request, response) => void response.end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const publicBaseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const report = await stage.check({ destination: { publicBaseUrl }, address: {} });
    expect(named(report, 'public-url')).toMatchObject({ problem: 'public-unreachable', facts: { reason: 'tls-untrusted' } });
    const itself = await stage.check({ address: { endpoint: publicBaseUrl } });
    expect(named(itself, 'tls')).toMatchObject({ state: 'failed', error: { code: 'tls-untrusted' } });
    server.closeAllConnections();
    server.close();
  });
});
