import type { Destination } from '../../shared/settings.ts';

/** The key in what somebody typed or pasted: a key, a link to the object, public or signed, or a path on the disk. */
export function pastedKey(text: string, destination: Destination): string {
  const typed = text.trim();
  if (!/^https?:\/\//i.test(typed) || !URL.canParse(typed)) return typedKey(typed, destination).replace(/^\/+/, '');
  return decoded(keyPath(new URL(typed), destination).replace(/^\/+/, ''));
}

/** Where a disk shows no public address, "Copy link" gives the path of the file: what is below the folder is its key. */
function typedKey(typed: string, destination: Destination): string {
  if (destination.kind !== 'disk') return typed;
  const { folder } = destination;
  // Elsewhere a backslash may be part of a name, and capitals count.
  const isWindows = /^([a-z]:|\\\\)/i.test(folder);
  return isWindows ? without(slashed(typed), slashed(folder), true) : without(typed, folder);
}

const slashed = (path: string): string => path.replaceAll('\\', '/');

/** The path behind the public address; at the provider's own address, behind the bucket where the path names it. */
function keyPath({ host, pathname }: URL, destination: Destination): string {
  if (destination.kind === 'practice') return pathname.replace(/^\/[^/]*/, '');
  const base = destination.publicBaseUrl === null ? null : new URL(destination.publicBaseUrl);
  if (base !== null && base.host === host) return without(pathname, base.pathname);
  if (destination.kind === 'disk') return pathname;
  const { bucket, endpoint } = destination;
  // A server's own address names the bucket in the path, even if its first word is the bucket's name.
  const isOwnServer = endpoint !== null && new URL(endpoint).host === host;
  return !isOwnServer && host.startsWith(`${bucket}.`) ? pathname : without(pathname, `/${bucket}`);
}

function without(path: string, folder: string, ignoresCase = false): string {
  const head = `${folder.replace(/\/+$/, '')}/`;
  const start = path.slice(0, head.length);
  const isBelow = ignoresCase ? start.toLowerCase() === head.toLowerCase() : start === head;
  return isBelow ? path.slice(head.length) : path;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A percent sign that encodes nothing: the person will see what was made of it.
    return path;
  }
}
