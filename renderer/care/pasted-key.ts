import type { Destination } from '../../shared/settings.ts';

/** The key in what somebody typed or pasted: a key, or a link to the object, public or signed. */
export function pastedKey(text: string, destination: Destination): string {
  const typed = text.trim();
  if (!/^https?:\/\//i.test(typed) || !URL.canParse(typed)) return typed.replace(/^\/+/, '');
  return decoded(keyPath(new URL(typed), destination).replace(/^\/+/, ''));
}

/** The path behind the public address; at the provider's own address, behind the bucket where the path names it. */
function keyPath({ host, pathname }: URL, destination: Destination): string {
  if (destination.kind === 'practice') return pathname.replace(/^\/[^/]*/, '');
  const base = destination.publicBaseUrl === null ? null : new URL(destination.publicBaseUrl);
  if (base !== null && base.host === host) return without(pathname, base.pathname);
  return destination.kind === 'disk' ? pathname : without(pathname, `/${destination.bucket}`);
}

function without(path: string, folder: string): string {
  const head = `${folder.replace(/\/+$/, '')}/`;
  return path.startsWith(head) ? path.slice(head.length) : path;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A percent sign that encodes nothing: the person will see what was made of it.
    return path;
  }
}
