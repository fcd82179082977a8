/**
 * CRC-64/NVME, the one checksum both S3 and R2 keep for a whole object. JavaScript has no 64-bit integers that are
 * fast, so the register is two 32-bit halves; eight tables (Intel's "slicing by 8") take eight bytes per step.
 */

/** The polynomial 0xad93d23594c93659 with its bits reversed. */
export const CRC64_POLYNOMIAL = 0x9a6c9329ac4bc9b5n;

interface SlicingTables {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

const SLICES = 8;

function buildTables(): SlicingTables {
  const rows = new BigUint64Array(SLICES * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1n) === 1n ? (crc >> 1n) ^ CRC64_POLYNOMIAL : crc >> 1n;
    rows[byte] = crc;
  }
  for (let index = 256; index < rows.length; index += 1) {
    const previous = rows[index - 256] ?? 0n;
    rows[index] = (previous >> 8n) ^ (rows[Number(previous & 0xffn)] ?? 0n);
  }
  return {
    high: Uint32Array.from(rows, (crc) => Number(crc >> 32n)),
    low: Uint32Array.from(rows, (crc) => Number(crc & 0xffffffffn)),
  };
}

const { high: HIGH, low: LOW } = buildTables();

/** The index is masked to the table's length, so there always is a value; V8 inlines this. */
function row(table: Uint32Array, index: number): number {
  return table[index] as number;
}

/** A class because the register lives from the first byte to the last. */
export class Crc64 {
  #high = 0xffffffff;
  #low = 0xffffffff;

  update(chunk: Uint8Array): void {
    const even = chunk.length - (chunk.length % SLICES);
    this.#eightAtATime(new DataView(chunk.buffer, chunk.byteOffset, even));
    for (const byte of chunk.subarray(even)) {
      const index = (this.#low ^ byte) & 0xff;
      this.#low = ((this.#low >>> 8) | (this.#high << 24)) ^ row(LOW, index);
      this.#high = (this.#high >>> 8) ^ row(HIGH, index);
    }
  }

  /** Tables 7…0 belong to the eight bytes in their order. */
  #eightAtATime(view: DataView): void {
    let high = this.#high;
    let low = this.#low;
    for (let at = 0; at < view.byteLength; at += SLICES) {
      low ^= view.getInt32(at, true);
      high ^= view.getInt32(at + 4, true);
      const a = 0x700 | (low & 0xff);
      const b = 0x600 | ((low >>> 8) & 0xff);
      const c = 0x500 | ((low >>> 16) & 0xff);
      const d = 0x400 | (low >>> 24);
      const e = 0x300 | (high & 0xff);
      const f = 0x200 | ((high >>> 8) & 0xff);
      const g = 0x100 | ((high >>> 16) & 0xff);
      const h = high >>> 24;
      low = row(LOW, a) ^ row(LOW, b) ^ row(LOW, c) ^ row(LOW, d);
      low ^= row(LOW, e) ^ row(LOW, f) ^ row(LOW, g) ^ row(LOW, h);
      high = row(HIGH, a) ^ row(HIGH, b) ^ row(HIGH, c) ^ row(HIGH, d);
      high ^= row(HIGH, e) ^ row(HIGH, f) ^ row(HIGH, g) ^ row(HIGH, h);
    }
    this.#high = high;
    this.#low = low;
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(this.#high >>> 0, 0);
    bytes.writeUInt32BE(this.#low >>> 0, 4);
    return bytes.map((byte) => ~byte & 0xff) as Buffer;
  }
}
