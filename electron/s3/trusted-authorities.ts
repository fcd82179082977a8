import tls from 'node:tls';

type ReadAuthorities = (from: 'default' | 'system') => readonly string[];

let kept: string[] | null | undefined;

/**
 * Node's own certificate authorities and those of the system: offices that look into TLS put theirs there. Null where
 * Node cannot read the system's (before 22.15): its own hold then, with what NODE_EXTRA_CA_CERTS adds.
 */
export function trustedAuthorities(): string[] | null {
  if (kept !== undefined) return kept;
  const read = (tls as { readonly getCACertificates?: ReadAuthorities }).getCACertificates;
  kept = read === undefined ? null : [...new Set([...read('default'), ...read('system')])];
  return kept;
}
