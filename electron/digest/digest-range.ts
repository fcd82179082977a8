import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type IHasher, createCRC64 } from 'hash-wasm';
import type { DigestName } from '../uploads/ports.ts';

/** Bytes read and hashed at a time: enough to make the calls cheap, and little enough to stay in a processor's cache. */
const pieceBytes = 1024 * 1024;
/** CRC-64/NVME's, in the bit order that the library wants. */
export const nvmePolynomial = '9a6c9329ac4bc9b5';

/** The file ends before the range does. */
export class ShortFileError extends Error {
  override readonly name = 'ShortFileError';
}

interface Digester {
  readonly update: (bytes: Uint8Array) => void;
  readonly digest: () => string;
}

/** What was used once is used again: a digester of WebAssembly and a piece of memory cost more to make than to keep. */
const spareCrcs: IHasher[] = [];
const spareMemory: Uint8Array[] = [];

/** Checksums of a range of a file, all of them from one reading. Rejects with the system's error or ShortFileError. */
export async function digestRange(
  path: string,
  range: { readonly start: number; readonly size: number },
  names: readonly DigestName[],
): Promise<Readonly<Partial<Record<DigestName, string>>>> {
  const crc = names.includes('crc64nvme') ? (spareCrcs.pop() ?? (await createCRC64(nvmePolynomial))) : null;
  const memory = spareMemory.pop() ?? Buffer.allocUnsafeSlow(pieceBytes);
  const file = await open(path, 'r');
  try {
    const digesters = new Map(names.map((name) => [name, digesterOf(name, crc)]));
    for (let done = 0; done < range.size; ) {
      const wanted = Math.min(memory.length, range.size - done);
      const { bytesRead } = await file.read(memory, 0, wanted, range.start + done);
      if (bytesRead === 0) throw new ShortFileError();
      const bytes = memory.subarray(0, bytesRead);
      for (const { update } of digesters.values()) update(bytes);
      done += bytesRead;
    }
    return Object.fromEntries([...digesters].map(([name, { digest }]) => [name, digest()]));
  } finally {
    await file.close();
    spareMemory.push(memory);
    if (crc !== null) spareCrcs.push(crc);
  }
}

function digesterOf(name: DigestName, crc: IHasher | null): Digester {
  if (name !== 'crc64nvme') {
    const hash = createHash(name);
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') };
  }
  if (crc === null) throw new Error('No CRC at hand');
  crc.init();
  return {
    update: (bytes) => void crc.update(bytes),
    digest: () => Buffer.from(crc.digest('binary')).toString('base64'),
  };
}
