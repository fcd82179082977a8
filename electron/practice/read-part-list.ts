import { CHECKSUM_ALGORITHMS, checksumElement, type ChecksumAlgorithm } from './checksums.ts';
import { childText, malformed, readXml, type XmlNode } from './xml-read.ts';

/** One `<Part>` of the body of CompleteMultipartUpload. */
export interface ListedPart {
  readonly partNumber: number;
  /** Without quotes: S3 takes it with and without. */
  readonly etag: string;
  readonly checksums: ReadonlyMap<ChecksumAlgorithm, string>;
}

const MAX_PARTS = 10_000;

export function readPartList(text: string): readonly ListedPart[] {
  const root = readXml(text);
  const isList = root.name === 'CompleteMultipartUpload' && root.children.every((child) => child.name === 'Part');
  if (!isList) throw malformed();
  if (root.children.length === 0 || root.children.length > MAX_PARTS) throw malformed();
  return root.children.map(readPart);
}

/** Unknown elements are left alone: SDKs send checksums this server has no name for. */
function readPart(node: XmlNode): ListedPart {
  const number = childText(node, 'PartNumber') ?? '';
  const etag = childText(node, 'ETag');
  if (!/^\d{1,6}$/.test(number) || etag === undefined) throw malformed();
  const checksums = new Map<ChecksumAlgorithm, string>();
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    const value = childText(node, checksumElement(algorithm));
    if (value !== undefined) checksums.set(algorithm, value);
  }
  return { partNumber: Number(number), etag: etag.replaceAll('"', ''), checksums };
}
