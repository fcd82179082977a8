import { z } from 'zod';
import { defaultKeyTemplate, templateProblem } from './key-template.ts';
import { prefixProblem } from './object-key.ts';
import { lineLimit, scheduleRuleSchema } from './schedule.ts';
import { conflictRules } from './upload.ts';

/** Languages that are complete. `system` follows the system's, with English where it is neither. */
export const languages = ['pt-BR', 'en'] as const;
export type Language = (typeof languages)[number];

/** https only, except to this very machine (D24). */
function isSafeUrl(text: string): boolean {
  // `shared/` is compiled without the URL class: a shape check here, the real parse happens in s3/.
  const match = /^(https?):\/\/([^/\s?#@]+)(\/[^\s?#]*)?$/.exec(text);
  if (match === null) return false;
  const host = (match[2] ?? '').replace(/:\d+$/, '');
  return match[1] === 'https' || host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
}

const url = z.string().trim().max(2048).refine(isSafeUrl, 'url');
/** S3's rules for bucket names, kept wide enough for older buckets with capitals and underscores. */
const bucket = z.string().trim().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/, 'bucket');
const name = z.string().trim().min(1).max(80);
/** What every key of the destination begins with: empty, or ending in a slash. Nothing outside it is written or deleted. */
const prefix = z
  .string()
  .trim()
  .max(512)
  .transform((text) => (text === '' || text.endsWith('/') ? text : `${text}/`).normalize('NFC'))
  .refine((text) => prefixProblem(text) === null, 'prefix')
  .default('');

/** Cloudflare R2. Its endpoint follows from account and jurisdiction unless one is typed. */
export const r2Schema = z.object({
  kind: z.literal('r2'),
  name,
  accountId: z.string().trim().regex(/^[0-9a-f]{32}$/i, 'account-id'),
  jurisdiction: z.enum(['default', 'eu', 'fedramp']).default('default'),
  bucket,
  prefix,
  endpoint: url.nullable().default(null),
  publicBaseUrl: url.nullable().default(null),
});

/** Amazon S3, or with `endpoint` any server that speaks its API. */
export const s3Schema = z.object({
  kind: z.literal('s3'),
  name,
  region: z.string().trim().regex(/^[a-z0-9-]{2,40}$/, 'region'),
  bucket,
  prefix,
  endpoint: url.nullable().default(null),
  publicBaseUrl: url.nullable().default(null),
});

/** A folder on this computer or on a mounted disk. */
export const diskSchema = z.object({
  kind: z.literal('disk'),
  name,
  /** Absolute. Chosen in the system's dialog: the page never names a path. */
  folder: z.string().min(1).max(4096),
  /** In a file of the folder: tells the disk from an empty mount point. Set when the folder is saved. */
  volumeId: z.string().max(64).nullable().default(null),
  /** GB, 10^9 bytes; null: as much as the disk has. */
  quotaGB: z.number().positive().max(1_000_000).nullable().default(null),
  publicBaseUrl: url.nullable().default(null),
});

/** The server inside the app: nothing to set. */
export const practiceSchema = z.object({ kind: z.literal('practice'), name });

export const destinationDraftSchema = z.discriminatedUnion('kind', [r2Schema, s3Schema, diskSchema, practiceSchema]);
/** What a form fills in. */
export type DestinationDraft = z.infer<typeof destinationDraftSchema>;
/** A saved destination. Its credentials stand in the keychain under the same id. */
export type Destination = DestinationDraft & { readonly id: string };
/** One that speaks S3 and has an address of its own. */
export type BucketDraft = Extract<DestinationDraft, { kind: 'r2' | 's3' }>;
export const destinationSchema = z.intersection(destinationDraftSchema, z.object({ id: z.string().min(1).max(64) }));

/** Credentials travel from the window to the main process once, and never back. */
export const credentialsSchema = z.object({
  accessKeyId: z.string().trim().min(3).max(256).regex(/^[\x21-\x7e]+$/),
  secretAccessKey: z.string().trim().min(8).max(512).regex(/^[\x21-\x7e]+$/),
  sessionToken: z.string().trim().min(1).max(8192).regex(/^[\x21-\x7e]+$/).nullable().default(null),
});
export type Credentials = z.infer<typeof credentialsSchema>;

/** No defaults inside: zod fills them in even for keys that a partial update leaves out. */
export const preferencesSchema = z.object({
  language: z.enum(['system', ...languages]),
  theme: z.enum(['system', 'light', 'dark']),
  /** Files sent at the same time. */
  filesInParallel: z.int().min(1).max(8),
  /** Parts sent at the same time to one destination, over all files; `auto` follows the link. */
  partsInParallel: z.union([z.literal('auto'), z.int().min(1).max(32)]),
  /** MiB; `auto` goes by file and link. Grown where a file would need more than 10,000 parts. */
  partSizeMiB: z.union([z.literal('auto'), z.int().min(5).max(512)]),
  /** MiB. Up to here one PutObject, above it a multipart upload that can be resumed. */
  multipartThresholdMiB: z.int().min(5).max(200),
  /** How the key of a new upload is made (shared/key-template.ts); it stands behind the destination's prefix. */
  keyTemplate: z.string().max(1024).refine((template) => templateProblem(template) === null, 'template'),
  /** What happens when another object has the key. */
  onConflict: z.enum(conflictRules),
  /** New uploads wait until somebody has looked at names, size and cost. */
  reviewsFirst: z.boolean(),
  /** Follow links in dropped folders. */
  followsLinks: z.boolean(),
  /** Minutes a destination may be down before its videos are kept safe in the holding folder; null: never. */
  holdAfterMinutes: z.int().min(1).max(1440).nullable(),
  /** Hours after a verified upload at which the file goes to the trash; null: it stays. */
  removeLocalAfterHours: z.int().min(0).max(720).nullable(),
  /** For the estimate of costs: how often a video is watched in a month. */
  viewsPerVideo: z.int().min(0).max(1_000_000),
  /** Hours a presigned URL lives; S3 and R2 allow at most seven days. */
  linkHours: z.int().min(1).max(168),
  /** Mbit/s for everything together; null without a limit. */
  limitMbit: lineLimit.refine((mbit) => mbit !== 0),
  /** Other limits at certain times of the week; the first that covers the moment holds. */
  schedule: z.array(scheduleRuleSchema).max(20),
  /** Yield the line when others on it have to wait (a video call), and take it back afterwards. */
  givesWay: z.boolean(),
  /** `system` asks the system's settings; else a proxy's address, `http://host:port`. */
  proxy: z.union([z.literal('system'), z.literal('direct'), z.string().trim().max(300).regex(/^https?:\/\/[^\s/?#@]+:\d{1,5}\/?$/, 'proxy')]),
});
export type Preferences = z.infer<typeof preferencesSchema>;
export const defaultPreferences: Preferences = {
  language: 'system',
  theme: 'system',
  filesInParallel: 2,
  partsInParallel: 'auto',
  partSizeMiB: 'auto',
  multipartThresholdMiB: 50,
  keyTemplate: defaultKeyTemplate,
  onConflict: 'ask',
  reviewsFirst: false,
  followsLinks: false,
  holdAfterMinutes: 10,
  removeLocalAfterHours: null,
  viewsPerVideo: 10,
  linkHours: 24,
  limitMbit: null,
  schedule: [],
  givesWay: false,
  proxy: 'system',
};

/** Where a destination's credentials are: in the keychain, in memory until the app ends, or nowhere. */
export type CredentialsState = 'keychain' | 'session' | 'missing' | 'not-needed';

/** What the window may know about a destination. */
export interface DestinationInfo {
  readonly destination: Destination;
  readonly credentials: CredentialsState;
  /** Last four characters of the access key id: enough to recognise it, useless to sign with. */
  readonly accessKeyIdHint: string | null;
}

export interface SettingsSnapshot {
  readonly revision: number;
  readonly destinations: readonly DestinationInfo[];
  /** Where new uploads go; null before the first one is set up. */
  readonly currentDestinationId: string | null;
  /** A second place that everything new goes to as well; null: only one. */
  readonly copyDestinationId: string | null;
  /** The list of ids that new files are looked up in, for this session; null without one. */
  readonly keyMap: { readonly name: string; readonly rows: number } | null;
  /** Where "this computer" keeps videos unless another folder is chosen, and where videos are kept safe. */
  readonly folders: { readonly thisComputer: string; readonly holding: string };
  readonly preferences: Preferences;
  /** From the system, in its order of preference. */
  readonly systemLocales: readonly string[];
  /** False: credentials can be kept for this session only. */
  readonly keychainAvailable: boolean;
  readonly appVersion: string;
}

/** The endpoint of an R2 account (Cloudflare R2 documentation, "S3 API tokens": jurisdictions). */
export function r2Endpoint(accountId: string, jurisdiction: 'default' | 'eu' | 'fedramp'): string {
  const place = jurisdiction === 'default' ? '' : `.${jurisdiction}`;
  return `https://${accountId.toLowerCase()}${place}.r2.cloudflarestorage.com`;
}
