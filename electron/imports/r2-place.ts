import { r2Endpoint } from '../../shared/settings.ts';
import type { Finding } from './finding.ts';

/** What an address of R2's S3 API says. */
interface R2Place {
  readonly accountId: string;
  readonly jurisdiction: Finding['values']['jurisdiction'];
  /** Cloudflare's dashboard shows the address with the bucket behind it, and so it is copied. Empty: none. */
  readonly bucket: string;
}

/** Cloudflare R2 documentation, "S3 API tokens": jurisdictions. */
const r2Address = /^https:\/\/([0-9a-f]{32})(?:\.(eu|fedramp))?\.r2\.cloudflarestorage\.com(?::443)?(?:\/([^/]*))?\/?$/i;

/** Null for an address that is none of Cloudflare's own. */
export function r2Place(address: string): R2Place | null {
  const [, accountId, place, bucket = ''] = r2Address.exec(address) ?? [];
  if (accountId === undefined) return null;
  const jurisdiction = place?.toLowerCase();
  return {
    accountId: accountId.toLowerCase(),
    jurisdiction: jurisdiction === 'eu' || jurisdiction === 'fedramp' ? jurisdiction : 'default',
    bucket,
  };
}

/** The address as a form wants it: empty where it follows from account and jurisdiction anyway. */
export function typedEndpoint(address: string, accountId: string): string {
  const place = r2Place(address);
  if (place === null) return address;
  const own = r2Endpoint(place.accountId, place.jurisdiction);
  return accountId.toLowerCase() === place.accountId ? '' : own;
}
