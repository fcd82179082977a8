import type { Digests, RequestBody } from './ports.ts';
import type { PartSlot } from './part-slots.ts';
import type { RunContext } from './run-context.ts';

/**
 * Bytes handed over at a time. Over TLS Node would otherwise encrypt everything at once, and neither progress nor a
 * stall could be seen before the end.
 */
const handedOverBytes = 256 * 1024;

/**
 * A range of the source file as the body of a request, read while it is sent. `digests` were taken from the same range
 * just before: if the file changes in between, the server refuses what does not fit them.
 */
export function fileBody(
  context: Pick<RunContext, 'files' | 'lane' | 'record'>,
  range: { readonly start: number; readonly size: number },
  slot: PartSlot,
  sending: { readonly digests: Digests; readonly signal: AbortSignal; readonly onSent: (bytes: number) => void },
): RequestBody {
  const { files, lane } = context;
  const { path } = context.record().source;
  return {
    size: range.size,
    sha256: sending.digests.sha256 ?? null,
    crc64nvme: sending.digests.crc64nvme ?? null,
    pieces: async function* pieces() {
      const memory = slot.memory();
      const file = await files.open(path);
      try {
        for (let sent = 0; sent < range.size; ) {
          const read = memory.subarray(0, Math.min(memory.length, range.size - sent));
          await file.read(range.start + sent, read);
          for (let offset = 0; offset < read.length; ) {
            const wanted = Math.min(handedOverBytes, read.length - offset);
            const granted = await lane.take(wanted, sending.signal);
            yield read.subarray(offset, offset + granted);
            offset += granted;
            lane.moved(granted);
            sending.onSent(sent + offset);
          }
          sent += read.length;
        }
      } finally {
        await file.close();
      }
    },
  };
}
