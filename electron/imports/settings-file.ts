import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { type DestinationDraft, destinationDraftSchema } from '../../shared/settings.ts';
import { type Finding, noValues } from './finding.ts';

/** As `SettingsDesk.exported` writes it; each destination is read for itself, so that a newer kind costs only itself. */
const fileSchema = z.object({ kind: z.literal('remessa-settings'), destinations: z.array(z.unknown()) });

/** The names of a key in this app's own words: no file of ours holds one. */
const keyFields = ['accessKeyId', 'secretAccessKey'];

/** The destinations of exported settings. Empty for any other text. The practice bucket is in every installation. */
export function fromSettingsFile(text: string): readonly Finding[] {
  const file = fileSchema.safeParse(parseJson(text));
  if (!file.success) return [];
  return file.data.destinations.flatMap((raw) => {
    const draft = destinationDraftSchema.safeParse(raw);
    return draft.success && draft.data.kind !== 'practice' ? [findingOf(draft.data)] : [];
  });
}

type Kept = Exclude<DestinationDraft, { kind: 'practice' }>;

function findingOf(draft: Kept): Finding {
  const { kind, name } = draft;
  // A folder of another system's computer is no path here.
  const isPath = draft.kind === 'disk' && isAbsolute(draft.folder);
  return {
    origin: 'settings-file',
    name,
    kind,
    values: { ...noValues, name, ...valuesOf(draft), folder: isPath ? draft.folder : '' },
    credentials: null,
    missing: kind === 'disk' ? (isPath ? [] : ['folder']) : keyFields,
    isSwitchedOn: null,
    obstacle: null,
  };
}

function valuesOf(draft: Kept): Partial<Finding['values']> {
  const publicBaseUrl = draft.publicBaseUrl ?? '';
  if (draft.kind === 'disk') return { publicBaseUrl, quotaGB: draft.quotaGB };
  const { bucket, prefix } = draft;
  const place = { bucket, prefix, publicBaseUrl, endpoint: draft.endpoint ?? '' };
  return draft.kind === 's3'
    ? { ...place, region: draft.region }
    : { ...place, accountId: draft.accountId, jurisdiction: draft.jurisdiction };
}

/** The message of a failure quotes the text, which may be a file full of secrets: nobody gets to see it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
