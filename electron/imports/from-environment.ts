import { r2Schema, s3Schema } from '../../shared/settings.ts';
import { addressSchema, needed, optional, readKey, textOf } from './fields.ts';
import { type Finding, type Names, type Whence, nameAfter, noValues } from './finding.ts';
import { r2Place, typedEndpoint } from './r2-place.ts';

/** What the web service reads; nothing else of an environment is looked at. */
const r2Names = [
  'R2_ACCOUNT_ID',
  'R2_ACCESS_KEY_ID',
  'R2_SECRET_ACCESS_KEY',
  'R2_BUCKET_NAME',
  'R2_ENDPOINT_URL',
  'R2_PUBLIC_URL',
] as const;
const s3Names = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_S3_BUCKET_NAME',
  'AWS_S3_REGION',
] as const;
/** In the order in which the AWS tools ask them: the region is there although nobody has set it for this bucket. */
const regionNames = ['AWS_S3_REGION', 'AWS_REGION', 'AWS_DEFAULT_REGION'] as const;
/** A server that is not AWS: of S3 alone, else of everything. AWS SDKs guide, "Service-specific endpoints". */
const endpointNames = ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'] as const;

type Place = Omit<Finding, keyof Whence>;

/** The storage systems that these names describe, R2 before S3. One that is only switched off is not there at all. */
export function fromEnvironment(names: Names, whence: Whence): readonly Finding[] {
  const isMentioned = (own: readonly string[]): boolean => own.some((name) => textOf(names, name) !== '');
  const places = [
    { place: r2In(names), isThere: isMentioned(r2Names) },
    { place: s3In(names), isThere: isMentioned(s3Names) },
  ];
  return places
    .filter(({ place, isThere }) => isThere || place.isSwitchedOn === true)
    .map(({ place }) => ({ ...whence, ...place }));
}

/** Cloudflare R2 as these names describe it, whether or not any of them is there. */
export function r2In(names: Names): Place {
  const endpoint = optional(names, 'R2_ENDPOINT_URL', addressSchema);
  const place = r2Place(endpoint.value);
  const account = (place === null ? needed : optional)(names, 'R2_ACCOUNT_ID', r2Schema.shape.accountId);
  const accountId = account.value === '' ? (place?.accountId ?? '') : account.value;
  const isBucketInAddress = place !== null && place.bucket !== '' && textOf(names, 'R2_BUCKET_NAME') === '';
  const bucket = needed(
    isBucketInAddress ? { R2_BUCKET_NAME: place.bucket } : names,
    'R2_BUCKET_NAME',
    r2Schema.shape.bucket,
  );
  const publicUrl = optional(names, 'R2_PUBLIC_URL', addressSchema);
  const { credentials, missing } = readKey(names, {
    accessKeyId: 'R2_ACCESS_KEY_ID',
    secretAccessKey: 'R2_SECRET_ACCESS_KEY',
    sessionToken: null,
  });
  return {
    kind: 'r2',
    values: {
      ...noValues,
      name: nameAfter(bucket.value),
      accountId,
      jurisdiction: place?.jurisdiction ?? 'default',
      bucket: bucket.value,
      endpoint: typedEndpoint(endpoint.value, accountId),
      publicBaseUrl: publicUrl.value,
    },
    credentials,
    missing: [...account.missing, ...missing, ...bucket.missing, ...endpoint.missing, ...publicUrl.missing],
    isSwitchedOn: isOn(names, 'USE_R2_STORAGE'),
    obstacle: null,
  };
}

function s3In(names: Names): Place {
  const bucket = needed(names, 'AWS_S3_BUCKET_NAME', s3Schema.shape.bucket);
  const regionName = regionNames.find((name) => textOf(names, name) !== '') ?? 'AWS_S3_REGION';
  const region = needed(names, regionName, s3Schema.shape.region);
  const endpointName = endpointNames.find((name) => textOf(names, name) !== '') ?? 'AWS_ENDPOINT_URL';
  const endpoint = optional(names, endpointName, addressSchema);
  const { credentials, missing } = readKey(names, {
    accessKeyId: 'AWS_ACCESS_KEY_ID',
    secretAccessKey: 'AWS_SECRET_ACCESS_KEY',
    sessionToken: 'AWS_SESSION_TOKEN',
  });
  return {
    kind: 's3',
    values: {
      ...noValues,
      name: nameAfter(bucket.value),
      bucket: bucket.value,
      region: region.value,
      endpoint: endpoint.value,
    },
    credentials,
    // Whatever name it was looked for under: this is the one that belongs to the bucket.
    missing: [...missing, ...bucket.missing, ...region.missing.map(() => 'AWS_S3_REGION'), ...endpoint.missing],
    isSwitchedOn: isOn(names, 'USE_S3_STORAGE'),
    obstacle: null,
  };
}

/** As web services read a switch; null where there is none. */
function isOn(names: Names, name: string): boolean | null {
  if (names[name] === undefined) return null;
  return ['1', 'true', 'yes', 'on'].includes(textOf(names, name).toLowerCase());
}
