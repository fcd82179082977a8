import type { Names } from '../../electron/imports/finding.ts';

/** As in electron/system-proxy.ts: this computer's own servers are never asked through a proxy. */
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * The proxy that an environment names for an address, as curl and the AWS tools read it; null for the direct way. Small
 * letters count before capitals. Calls `refuse` with the variable's name for one that is no HTTP proxy (SOCKS).
 */
export function environmentProxy(env: Names, endpoint: string, refuse: (name: string) => never): string | null {
  const { protocol, hostname, port } = new URL(endpoint);
  if (loopback.test(hostname) || isExcepted(valueOf(env, ['no_proxy', 'NO_PROXY'])?.value ?? '', hostname, port)) return null;
  const kind = protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY'];
  const found = valueOf(env, [...kind, 'all_proxy', 'ALL_PROXY']);
  if (found === null) return null;
  const address = found.value.includes('://') ? found.value : `http://${found.value}`;
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return refuse(found.name);
  return address.replace(/\/+$/, '');
}

function valueOf(env: Names, names: readonly string[]): { readonly name: string; readonly value: string } | null {
  for (const name of names) {
    const value = env[name]?.trim() ?? '';
    if (value !== '') return { name, value };
  }
  return null;
}

/** `NO_PROXY`: names with all that end so, behind a dot; with a port, that one only; `*` is everything. */
function isExcepted(list: string, hostname: string, port: string): boolean {
  const host = hostname.toLowerCase();
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', ofPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      const plain = name.replace(/^\*?\./, '');
      const isHost = host === plain || host.endsWith(`.${plain}`);
      return isHost && (ofPort === undefined || ofPort === port);
    });
}
