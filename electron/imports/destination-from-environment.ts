import { type BucketDraft, type Credentials, r2Schema, s3Schema } from '../../shared/settings.ts';
import type { Finding, Names } from './finding.ts';
import { fromEnvironment, r2In } from './from-environment.ts';

export type EnvironmentDestination =
  | { readonly draft: BucketDraft; readonly credentials: Credentials }
  | { readonly missing: readonly string[] };

/**
 * The one destination that an environment stands for, for tools without a window: what is switched on, else what is
 * complete; R2 before S3, and never what is switched off. Where there is none, the names that would make it one.
 */
export function destinationFromEnvironment(names: Names): EnvironmentDestination {
  const findings = fromEnvironment(names, { origin: 'environment', name: '' });
  const usable = findings.filter(({ isSwitchedOn }) => isSwitchedOn !== false);
  const chosen =
    usable.find(({ isSwitchedOn }) => isSwitchedOn === true) ??
    usable.find(({ missing }) => missing.length === 0) ??
    usable[0] ??
    nothingFound(findings);
  return destinationOf(chosen);
}

type Chosen = Pick<Finding, 'kind' | 'values' | 'credentials' | 'missing'>;

/** What is there is switched off: then its switch is what is missing. Without anything it is all that R2 needs. */
function nothingFound([off]: readonly Finding[]): Chosen {
  if (off === undefined) return r2In({});
  return { ...off, missing: [off.kind === 'r2' ? 'USE_R2_STORAGE' : 'USE_S3_STORAGE'] };
}

function destinationOf({ kind, values, credentials, missing }: Chosen): EnvironmentDestination {
  if (missing.length > 0 || credentials === null) return { missing };
  const places = { ...values, endpoint: values.endpoint || null, publicBaseUrl: values.publicBaseUrl || null };
  const draft = kind === 'r2' ? r2Schema.parse({ ...places, kind }) : s3Schema.parse({ ...places, kind });
  return { draft, credentials };
}
