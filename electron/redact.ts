/** What must never stand in a log, whatever somebody passes: signatures, secrets, whole URLs with a query or a user. */
const secrets: ReadonlyArray<readonly [RegExp, string]> = [
  [/(\/\/)[^/@\s"']+@/g, '$1…@'],
  [/([?&]|%3F|%26)([\w.~-]+)(=|%3D)[^\s&"'\\]+/gi, '$1$2$3…'],
  [/(X-Amz-[A-Za-z0-9-]+(?:[=:]|%3D)\s*)[^\s&"',\\]+/gi, '$1…'],
  [/\b((?:Bearer|Basic|AWS4-HMAC-SHA256)\s+)[^"'\\]+/gi, '$1…'],
  [
    /((?:secret|token|password|passwd|authorization|signature|credential)[\w -]*\\*["']?\s*[:=]\s*\\*["']?)[^\s"',}\\]+/gi,
    '$1…',
  ],
];

export function redact(text: string): string {
  return secrets.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}
