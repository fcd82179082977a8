/** Whether two URLs have scheme, host and port in common. A prefix is not enough: `:53` is one of `:5391`. */
export function isSameOrigin(url: string, home: string): boolean {
  const origin = originOf(url);
  return origin !== null && origin === originOf(home);
}

/** `URL.origin` is "null" for schemes that are not the web's, such as ours. */
function originOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, host, username } = new URL(text);
  return username === '' ? `${protocol}//${host}` : null;
}
