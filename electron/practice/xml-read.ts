import { S3Fault } from './s3-fault.ts';
import { element, type Xml } from './xml-write.ts';

/**
 * A parser for the few small documents clients send (the part list of Complete, CORS rules). It knows elements
 * and text only: a DOCTYPE, a comment, a CDATA section or an entity of the sender's own is MalformedXML, so there
 * is nothing to expand and nothing to fetch.
 */
export interface XmlNode {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlNode[];
}

interface OpenNode {
  readonly name: string;
  text: string;
  readonly children: XmlNode[];
}

const MAX_DEPTH = 8;
const DECLARATION = /^\uFEFF?\s*<\?xml [^<>]*\?>\s*/;
const TOKEN = /<(\/?)([A-Za-z][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*)\s*(\/?)>|([^<]+)/y;

export function readXml(source: string): XmlNode {
  const text = source.replace(DECLARATION, '').trim();
  const top: OpenNode = { name: '', text: '', children: [] };
  const open: OpenNode[] = [top];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text);
    if (token === null) throw malformed();
    readToken(token, open);
  }
  const root = top.children[0];
  if (open.length !== 1 || top.children.length !== 1 || root === undefined || top.text !== '') throw malformed();
  return root;
}

function readToken(token: RegExpExecArray, open: OpenNode[]): void {
  const [, closing, name, , selfClosing, chars] = token;
  const current = open.at(-1);
  if (current === undefined) throw malformed();
  if (chars !== undefined) {
    current.text += decodeEntities(chars);
  } else if (closing === '/') {
    if (open.length < 2 || current.name !== name) throw malformed();
    open.pop();
  } else {
    const node: OpenNode = { name: name ?? '', text: '', children: [] };
    current.children.push(node);
    if (selfClosing !== '/') open.push(node);
    if (open.length > MAX_DEPTH) throw malformed();
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w*));?/g, (whole, decimal, hex, name) => {
    if (!whole.endsWith(';')) throw malformed();
    if (name !== undefined) return NAMED[String(name)] ?? fail();
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0x10ffff ? fail() : String.fromCodePoint(code);
  });
}

function fail(): never {
  throw malformed();
}

export function malformed(): S3Fault {
  return new S3Fault(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

/** The text of the only child of that name; undefined when there is none, MalformedXML when there are two. */
export function childText(node: XmlNode, name: string): string | undefined {
  const found = node.children.filter((child) => child.name === name);
  if (found.length > 1) throw malformed();
  return found[0]?.text.trim();
}

export function childTexts(node: XmlNode, name: string): readonly string[] {
  return node.children.filter((child) => child.name === name).map((child) => child.text.trim());
}

/** A document that was read, written again. White space around text is not kept: none of these documents means any. */
export function writeNode({ name, text, children }: XmlNode): Xml {
  return element(name, children.length > 0 ? children.map(writeNode) : text.trim());
}
