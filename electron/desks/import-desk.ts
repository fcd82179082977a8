import { randomUUID } from 'node:crypto';
import type { ImportCandidate } from '../../shared/imports.ts';
import type { Credentials } from '../../shared/settings.ts';
import { type AwsHome, findAwsProfiles } from '../imports/aws-profiles.ts';
import type { Finding } from '../imports/finding.ts';
import { fromEnvironment } from '../imports/from-environment.ts';
import { readSettings } from '../imports/read-settings.ts';
import { UploadError } from '../uploads/upload-error.ts';

interface ImportWorld extends AwsHome {
  /** The folder stands in a file that a person has picked: the page may name it from now on. */
  readonly addFolder: (folder: string) => void;
}

/** A key that was found, and what makes it this one: found again, it keeps its id. */
interface Held {
  readonly made: string;
  readonly credentials: Credentials;
}

/** Finds settings that exist elsewhere. The keys among them never leave the main process. */
export class ImportDesk {
  readonly #world: ImportWorld;
  readonly #held = new Map<string, Held>();

  constructor(world: ImportWorld) {
    this.#world = world;
  }

  /** What this computer has without being asked: the environment of this process, and the profiles of the AWS tools. */
  async find(): Promise<readonly ImportCandidate[]> {
    const here = fromEnvironment(this.#world.environment, { origin: 'environment', name: '' });
    const profiles = await findAwsProfiles(this.#world);
    return [...here, ...profiles].map((finding) => this.#candidate(finding));
  }

  /** A file that a person has picked. Rejects with `source-missing`, `source-unreadable` or `settings-incomplete`. */
  async read(path: string): Promise<readonly ImportCandidate[]> {
    const findings = await readSettings(path);
    for (const { values } of findings) if (values.folder !== '') this.#world.addFolder(values.folder);
    return findings.map((finding) => this.#candidate(finding));
  }

  /** Rejects with `credentials-missing` for a candidate without a key. */
  credentials(importId: string): Credentials {
    const held = this.#held.get(importId);
    if (held === undefined) throw new UploadError('credentials-missing');
    return held.credentials;
  }

  #candidate(finding: Finding): ImportCandidate {
    const { credentials, ...found } = finding;
    if (credentials === null) return { ...found, id: randomUUID(), accessKeyIdHint: null };
    const made = JSON.stringify(finding);
    const known = [...this.#held].find(([, held]) => held.made === made);
    const id = known?.[0] ?? randomUUID();
    this.#held.set(id, { made, credentials });
    return { ...found, id, accessKeyIdHint: credentials.accessKeyId.slice(-4) };
  }
}
