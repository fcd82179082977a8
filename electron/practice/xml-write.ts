/** XML as S3 writes it: elements and text, no attributes but the namespace. */

export type Xml = string & { readonly isXml?: true };

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A string child is text and is escaped, an array holds elements that are already written. */
export function element(name: string, content: string | number | boolean | readonly Xml[]): Xml {
  const inner = Array.isArray(content) ? content.join('') : escapeText(String(content));
  return `<${name}>${inner}</${name}>`;
}

/** Nothing at all when the value is absent: S3 leaves such elements out. */
export function optionalElement(name: string, content: string | number | undefined): readonly Xml[] {
  return content === undefined ? [] : [element(name, content)];
}

export function resultElement(name: string, children: readonly Xml[]): Xml {
  return `<${name} xmlns="${NAMESPACE}">${children.join('')}</${name}>`;
}

export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Keys may hold control characters. XML 1.0 has no way to write most of them; S3 sends numeric references
 * all the same and tells clients to ask for `encoding-type=url`.
 */
export function escapeText(text: string): Xml {
  return text.replaceAll(/[&<>"\p{Cc}]/gu, (char) => ENTITIES[char] ?? `&#x${char.charCodeAt(0).toString(16)};`);
}
