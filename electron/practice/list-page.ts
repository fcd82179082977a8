import { element, type Xml } from './xml-write.ts';
import { uriEncode } from './canonical-request.ts';

/** Paging with prefix and delimiter, the same for objects and for unfinished uploads. */

export interface PageWish<T> {
  readonly prefix: string;
  readonly delimiter: string;
  readonly max: number;
  /** Entries that earlier pages have shown, by themselves or under a common prefix. */
  readonly isShown: (entry: T) => boolean;
}

export interface Page<T> {
  readonly entries: readonly T[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  /** The last thing on the page. */
  readonly last: { readonly prefix: string } | { readonly entry: T } | undefined;
}

interface PageInProgress<T> {
  readonly entries: T[];
  readonly commonPrefixes: string[];
  last: Page<T>['last'];
}

/** `sorted` is in the order of the listing. A common prefix counts as one entry against `max`. */
export function pageOf<T extends { readonly key: string }>(sorted: readonly T[], wish: PageWish<T>): Page<T> {
  const page: PageInProgress<T> = { entries: [], commonPrefixes: [], last: undefined };
  for (const entry of sorted) {
    const common = commonPrefixOf(entry.key, wish);
    const isGrouped = common !== undefined && common === page.commonPrefixes.at(-1);
    if (isGrouped || !entry.key.startsWith(wish.prefix) || wish.isShown(entry)) continue;
    if (page.entries.length + page.commonPrefixes.length >= wish.max) {
      return { ...page, isTruncated: wish.max > 0 };
    }
    if (common === undefined) page.entries.push(entry);
    else page.commonPrefixes.push(common);
    page.last = common === undefined ? { entry } : { prefix: common };
  }
  return { ...page, isTruncated: false };
}

function commonPrefixOf(key: string, { prefix, delimiter }: PageWish<never>): string | undefined {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

/** UTF-8 byte order, which S3 lists in; JavaScript's own order differs beyond the basic plane (emoji). */
export function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** `encoding-type=url`: for keys XML cannot carry. A space becomes a plus, slashes stay. */
export function nameWriter(encodingType: string | undefined): (name: string) => string {
  if (encodingType === undefined) return (name) => name;
  return (name) => uriEncode(name).replaceAll('%20', '+').replaceAll('%2F', '/');
}

export function commonPrefixElements(prefixes: readonly string[], write: (name: string) => string): readonly Xml[] {
  return prefixes.map((prefix) => element('CommonPrefixes', [element('Prefix', write(prefix))]));
}
