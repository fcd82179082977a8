import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeCertificate } from '../tests/support/certificate.ts';
import type { SinkKind } from './sink-checksums.ts';
import { startSinkServer } from './sink-server.ts';

export const serveUsage = `npm run bench -- --serve HOST:PORT [options]
  only the bench's own server, until SIGTERM; prints READY and its address
  --https            over TLS, with a certificate made for HOST
  --certificate FILE where that certificate is written: clients must trust it (NODE_EXTRA_CA_CERTS)
  --server KIND      checksums (confirms CRC-64/NVME by repeating it) or plain (ignores it); checksums
  --rival            takes a competitor's data on the next port`;

export function readSinkKind(text: string): SinkKind {
  if (text !== 'plain' && text !== 'checksums') throw new Error(`--server ${text}: plain or checksums is meant`);
  return text;
}

/** `--serve`: the other end of a link. */
export async function serve(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      serve: { type: 'string', default: '' },
      https: { type: 'boolean', default: false },
      certificate: { type: 'string' },
      server: { type: 'string', default: 'checksums' },
      rival: { type: 'boolean', default: false },
    },
  });
  const [, host, port] = /^(.+):(\d+)$/.exec(values.serve) ?? [];
  if (host === undefined || port === undefined) throw new Error(`--serve ${values.serve}: HOST:PORT is meant`);
  const folder = await mkdtemp(join(tmpdir(), 'remessa-serve-'));
  try {
    const tls = values.https ? await writeCertificate(folder, host) : null;
    if (tls !== null && values.certificate !== undefined) await writeFile(values.certificate, tls.text);
    const kind = readSinkKind(values.server);
    const bound = await startSinkServer({ host, port: Number(port), tls, kind, hasRival: values.rival });
    process.stdout.write(`READY ${values.https ? 'https' : 'http'}://${host}:${bound}\n`);
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  // Connections that are kept open would keep us.
  process.exit(0);
}

/** Key and certificate as files in the folder. */
export async function writeCertificate(
  folder: string,
  host: string,
): Promise<{ readonly key: string; readonly certificate: string; readonly text: string }> {
  const { key, certificate } = makeCertificate(host);
  const files = { key: join(folder, 'sink-key.pem'), certificate: join(folder, 'sink-certificate.pem') };
  await writeFile(files.key, key, { mode: 0o600 });
  await writeFile(files.certificate, certificate);
  return { ...files, text: certificate };
}
