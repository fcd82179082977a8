import { join } from 'node:path';
import { s3Schema } from '../../shared/settings.ts';
import { addressSchema, needed, optional, readKey, textOf } from './fields.ts';
import { type Finding, type Names, noValues } from './finding.ts';
import { r2Place } from './r2-place.ts';
import { isReadable } from './text-file.ts';

/** Where the AWS tools keep their profiles. */
export interface AwsHome {
  /** For the names that put the two files elsewhere. */
  readonly environment: Names;
  /** Absolute. */
  readonly home: string;
}

type Profiles = Readonly<Record<string, Names>>;

/** Sections that are no profiles; the loader puts what they are before their name. */
const otherSections = /^(sso-session|services)\./;
/** In the credentials file a profile's name stands alone: the AWS tools do not read this one. */
const misnamedProfile = /^profile\./;
const keyNames = {
  accessKeyId: 'aws_access_key_id',
  secretAccessKey: 'aws_secret_access_key',
  sessionToken: 'aws_session_token',
} as const;

/**
 * The profiles of the AWS tools, each with its key, or with what keeps it from having one of its own. A file that is
 * missing or broken has none. Never rejects.
 */
export async function findAwsProfiles({ environment, home }: AwsHome): Promise<readonly Finding[]> {
  const pathOf = (name: string, usual: string): Promise<string> =>
    usablePath(textOf(environment, name) || join(home, '.aws', usual), home);
  const filepath = await pathOf('AWS_SHARED_CREDENTIALS_FILE', 'credentials');
  const configFilepath = await pathOf('AWS_CONFIG_FILE', 'config');
  const { loadSharedConfigFiles } = await import('@smithy/shared-ini-file-loader');
  const loaded = await loadSharedConfigFiles({ filepath, configFilepath, ignoreCache: true });
  const [config, credentials]: readonly [Profiles, Profiles] = [loaded.configFile, loaded.credentialsFile];
  const names = new Set([...Object.keys(config), ...Object.keys(credentials).filter((name) => !misnamedProfile.test(name))]);
  return [...names]
    .filter((name) => !otherSections.test(name))
    .map((name) => profileOf(name, { ...config[name], ...credentials[name] }, config))
    .filter((finding) => finding !== null);
}

/** The loader reads whatever it is given: a pipe would never end, and the empty path is a file that is not there. */
async function usablePath(path: string, home: string): Promise<string> {
  const absolute = /^~[/\\]/.test(path) ? join(home, path.slice(2)) : path;
  return (await isReadable(absolute)) ? absolute : '';
}

/** Null for one that is about something else than a key (`output = json`). */
function profileOf(name: string, profile: Names, config: Profiles): Finding | null {
  const obstacle = obstacleOf(profile);
  const isAboutKeys = textOf(profile, keyNames.accessKeyId) !== '' || textOf(profile, keyNames.secretAccessKey) !== '';
  if (obstacle === null && !isAboutKeys) return null;
  const key = obstacle === null ? readKey(profile, keyNames) : { credentials: null, missing: [] };
  const endpoint = optional(endpointOf(profile, config), 'endpoint_url', addressSchema);
  const place = r2Place(endpoint.value);
  const region = place === null ? needed(profile, 'region', s3Schema.shape.region) : { value: '', missing: [] };
  const where =
    place === null
      ? { region: region.value, endpoint: endpoint.value }
      : { accountId: place.accountId, jurisdiction: place.jurisdiction };
  return {
    origin: 'aws-profile',
    name,
    kind: place === null ? 's3' : 'r2',
    values: { ...noValues, ...where },
    credentials: key.credentials,
    missing: [...key.missing, 'bucket', ...region.missing, ...endpoint.missing],
    isSwitchedOn: null,
    obstacle,
  };
}

/**
 * In the order in which the AWS tools decide: a role before the key that is in the same profile, that key before a
 * program or a sign-in. What they would get elsewhere lives for hours and is not ours to keep.
 */
function obstacleOf(profile: Names): Finding['obstacle'] {
  const has = (...names: readonly string[]): boolean => names.some((name) => textOf(profile, name) !== '');
  if (has('role_arn') && has('source_profile', 'credential_source')) return 'role';
  if (has(keyNames.accessKeyId) && has(keyNames.secretAccessKey)) return null;
  if (has('role_arn', 'source_profile', 'web_identity_token_file')) return 'role';
  if (has('credential_process')) return 'process';
  const isSignIn = has('login_session') || Object.keys(profile).some((name) => name.startsWith('sso_'));
  return isSignIn ? 'sso' : null;
}

/** A server that is not AWS: of S3 alone (`services`), else of everything. AWS SDKs guide, "Service-specific endpoints". */
function endpointOf(profile: Names, config: Profiles): Names {
  const services = config[`services.${textOf(profile, 'services')}`];
  return { endpoint_url: services?.['s3.endpoint_url'] ?? profile['endpoint_url'] };
}
