import { randomName } from './bucket-folder.ts';
import { S3Fault } from './s3-fault.ts';
import { childText, malformed, readXml, writeNode, type XmlNode } from './xml-read.ts';
import { element, resultElement, xmlDocument, type Xml } from './xml-write.ts';

/**
 * One `<Rule>` of a bucket. This server acts on unfinished uploads only; all else that a rule says is kept as it came and
 * given back.
 */
export interface LifecycleRule {
  readonly id: string;
  readonly isEnabled: boolean;
  /** Of the keys it is for; undefined where something else than the key decides (tags, sizes). */
  readonly prefix?: string | undefined;
  /** Days after which it aborts an unfinished upload. */
  readonly abortAfterDays?: number | undefined;
  readonly xml: Xml;
}

const ACTIONS = [
  'AbortIncompleteMultipartUpload', 'Expiration', 'NoncurrentVersionExpiration', 'NoncurrentVersionTransition', 'Transition',
];
const PARTS = new Set(['ID', 'Status', 'Prefix', 'Filter', ...ACTIONS]);
const FILTERS = new Set(['Prefix', 'Tag', 'And', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan']);
const MAX_RULES = 1000;
const MAX_ID = 255;

export function parseLifecycleRules(text: string): readonly LifecycleRule[] {
  const root = readXml(text);
  const isKnown = root.name === 'LifecycleConfiguration' && root.children.every(({ name }) => name === 'Rule');
  if (!isKnown || root.children.length === 0 || root.children.length > MAX_RULES) throw malformed();
  const rules = root.children.map(parseRule);
  if (new Set(rules.map(({ id }) => id)).size < rules.length) {
    throw new S3Fault('InvalidArgument', 'Rule ID must be unique. Found same ID for more than one rule');
  }
  return rules;
}

/** S3 checks rules when they are put, and names those that came without a name. */
function parseRule(node: XmlNode): LifecycleRule {
  if (node.children.some(({ name }) => !PARTS.has(name))) throw malformed();
  const status = childText(node, 'Status');
  if (status !== 'Enabled' && status !== 'Disabled') throw malformed();
  const prefix = parsePrefix(node);
  const abort = onlyChild(node, 'AbortIncompleteMultipartUpload');
  if (!node.children.some(({ name }) => ACTIONS.includes(name))) {
    throw new S3Fault('InvalidRequest', 'At least one action needs to be specified in a rule');
  }
  if (abort !== undefined && prefix === undefined) {
    throw new S3Fault('InvalidRequest', 'AbortIncompleteMultipartUpload cannot be specified with Tags or sizes.');
  }
  const expiration = onlyChild(node, 'Expiration');
  if (expiration !== undefined) checkExpiration(expiration);
  const id = childText(node, 'ID') ?? randomName();
  if (id.length > MAX_ID) throw new S3Fault('InvalidArgument', `ID length should not exceed allowed limit of ${MAX_ID}`);
  const rest = node.children.filter(({ name }) => name !== 'ID').map(writeNode);
  return {
    id,
    isEnabled: status === 'Enabled',
    prefix,
    abortAfterDays: abort && positiveDays(childText(abort, 'DaysAfterInitiation')),
    xml: element('Rule', [element('ID', id), ...rest]),
  };
}

/** The keys a rule is for: `<Filter>`, or `<Prefix>` as it was before there were filters; never both, never none. */
function parsePrefix(node: XmlNode): string | undefined {
  const old = childText(node, 'Prefix');
  const filter = onlyChild(node, 'Filter');
  if ((old === undefined) === (filter === undefined)) throw malformed();
  if (filter === undefined) return old;
  if (filter.children.length > 1 || filter.children.some(({ name }) => !FILTERS.has(name))) throw malformed();
  return filter.children.length === 0 ? '' : childText(filter, 'Prefix');
}

function checkExpiration(node: XmlNode): void {
  const [only, another] = node.children;
  if (only === undefined || another !== undefined) throw malformed();
  if (only.name === 'Days') positiveDays(only.text.trim());
  else if (only.name !== 'Date' && only.name !== 'ExpiredObjectDeleteMarker') throw malformed();
}

function positiveDays(text: string | undefined): number {
  if (text === undefined || !/^\d{1,6}$/.test(text)) throw malformed();
  if (Number(text) > 0) return Number(text);
  throw new S3Fault('InvalidArgument', "'Days' for an action must be a positive integer");
}

function onlyChild(node: XmlNode, name: string): XmlNode | undefined {
  const found = node.children.filter((child) => child.name === name);
  if (found.length > 1) throw malformed();
  return found[0];
}

/** The document GET gives back. */
export function lifecycleDocument(rules: readonly LifecycleRule[]): string {
  return xmlDocument(resultElement('LifecycleConfiguration', rules.map(({ xml }) => xml)));
}

/** The rule that ends an unfinished upload first, and when: epoch milliseconds. S3 would round up to midnight. */
export function abortOf(
  rules: readonly LifecycleRule[],
  upload: { readonly key: string; readonly initiatedMs: number },
): { readonly ruleId: string; readonly atMs: number } | undefined {
  const candidates = rules.flatMap(({ id, isEnabled, prefix, abortAfterDays }) =>
    isEnabled && prefix !== undefined && abortAfterDays !== undefined && upload.key.startsWith(prefix)
      ? [{ ruleId: id, atMs: upload.initiatedMs + abortAfterDays * DAY_MS }]
      : [],
  );
  return candidates.toSorted((a, b) => a.atMs - b.atMs)[0];
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** What a new bucket of R2 begins with (R2, "Object lifecycles"). */
export const R2_DEFAULT_LIFECYCLE = parseLifecycleRules(
  '<LifecycleConfiguration><Rule><ID>Default Multipart Abort Rule</ID><Filter><Prefix></Prefix></Filter>' +
    '<Status>Enabled</Status><AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation>' +
    '</AbortIncompleteMultipartUpload></Rule></LifecycleConfiguration>',
);
