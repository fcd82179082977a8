import { z } from 'zod';

/** A part that lies in the file of its upload. */
export interface WrittenPart {
  readonly partNumber: number;
  /** Bytes before it in the object. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  /** Of the bytes that were read back, base64. */
  readonly crc64nvme: string;
}

const partNumber = z.int().min(1).max(10_000);
const lineSchema = z.union([
  z.object({ partNumber, offset: z.int().nonnegative(), size: z.int().nonnegative(), crc64nvme: z.string().length(12) }),
  z.object({ partNumber, isGone: z.literal(true) }),
]);

/**
 * The list of an upload's parts grows by a line each, so that the cost of a part does not depend on how many there are.
 * The line break leads: a line that a crash cut short does not spoil the next one.
 */
export const partLine = ({ partNumber: n, offset, size, crc64nvme }: WrittenPart): string =>
  `\n${JSON.stringify({ partNumber: n, offset, size, crc64nvme })}`;

/** Takes a part out of the list, before its bytes are written over. */
export const goneLine = (n: number): string => `\n${JSON.stringify({ partNumber: n, isGone: true })}`;

/** The last word on each part; a line that makes no sense is left out. */
export function readPartLines(text: string): ReadonlyMap<number, WrittenPart> {
  const parts = new Map<number, WrittenPart>();
  for (const line of text.split('\n')) {
    const parsed = lineSchema.safeParse(parseJson(line));
    if (!parsed.success) continue;
    if ('isGone' in parsed.data) parts.delete(parsed.data.partNumber);
    else parts.set(parsed.data.partNumber, parsed.data);
  }
  return parts;
}

/** Whether there is any word on a part: cheaper than reading the whole list for each of ten thousand parts. */
export const mentionsPart = (text: string, n: number): boolean => text.includes(`{"partNumber":${n},`);

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The schema refuses it.
    return undefined;
  }
}
