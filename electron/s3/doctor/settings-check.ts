import type { BucketDestination } from './scene.ts';
import { failed, passed } from './findings.ts';
import type { Finding } from '../../upkeep/ports.ts';

const r2Host = /^([0-9a-f]{32})(?:\.(eu|fedramp))?\.r2\.cloudflarestorage\.com$/i;
/** `sa-east-1`, `us-gov-west-1`. */
const awsRegion = /^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/;

/** What the form could not know to be wrong together. The fact `field` names what to look at. */
export function checkSettings(destination: BucketDestination): Finding {
  const field = wrongField(destination);
  return field === null ? passed() : failed('incomplete', { field });
}

function wrongField(destination: BucketDestination): 'endpoint' | 'jurisdiction' | 'region' | null {
  if (destination.kind === 'practice') return null;
  const { endpoint, bucket } = destination;
  if (endpoint === null) return destination.kind === 's3' && !awsRegion.test(destination.region) ? 'region' : null;
  if (!URL.canParse(endpoint)) return 'endpoint';
  const { hostname, pathname } = new URL(endpoint);
  // Dashboards show the address of the bucket: with its name at the end, everything would be looked for below it.
  if (pathname.split('/').includes(bucket)) return 'endpoint';
  if (destination.kind === 's3') return null;
  const r2 = r2Host.exec(hostname);
  if (r2 === null) return null;
  if (r2[1]?.toLowerCase() !== destination.accountId.toLowerCase()) return 'endpoint';
  return (r2[2]?.toLowerCase() ?? 'default') === destination.jurisdiction ? null : 'jurisdiction';
}
