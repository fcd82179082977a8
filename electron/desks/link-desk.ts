import { join } from 'node:path';
import type { CopyReport } from '../../shared/replies.ts';
import type { Destination } from '../../shared/settings.ts';
import type { BucketClients } from '../s3/bucket-clients.ts';
import type { LinkLedger } from '../store/link-ledger.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { UploadQueue } from '../uploads/upload-queue.ts';

interface LinkWorld {
  readonly queue: Pick<UploadQueue, 'completed'>;
  readonly settings: Pick<SettingsStore, 'current' | 'destination'>;
  readonly buckets: () => Promise<Pick<BucketClients, 'publicUrl' | 'presignedUrl'>>;
  readonly ledger: Pick<LinkLedger, 'note'>;
}

interface Link {
  readonly kind: 'public' | 'presigned' | 'path';
  readonly text: string;
  readonly expiresAt: number | null;
}

/** Makes links, and remembers which were given out. URLs are derived, never stored. */
export class LinkDesk {
  readonly #world: LinkWorld;

  constructor(world: LinkWorld) {
    this.#world = world;
  }

  /** The links of completed uploads, in the order asked for, a line each. Rejects when one has no verified object. */
  async links(ids: readonly string[]): Promise<{ readonly text: string; readonly report: CopyReport }> {
    const uploads = ids.map((id) => this.#must(id));
    const links = await Promise.all(uploads.map(({ destinationId, key }) => this.linkTo(destinationId, key)));
    await this.#world.ledger.note(
      links.map(({ expiresAt }, n) => ({
        destinationId: uploads[n]?.destinationId ?? '',
        key: uploads[n]?.key ?? '',
        expiresAt,
      })),
    );
    const kinds = new Set(links.map(({ kind }) => kind));
    const [kind = 'public'] = kinds;
    const expiries = links.map(({ expiresAt }) => expiresAt).filter((at) => at !== null);
    const report = {
      count: links.length,
      kind: kinds.size > 1 ? ('mixed' as const) : kind,
      expiresAt: expiries.length === 0 ? null : Math.min(...expiries),
    };
    return { text: links.map(({ text }) => text).join('\n'), report };
  }

  /** A link that anybody can open, or the path of a file that nobody but this computer can. */
  async linkTo(destinationId: string, key: string): Promise<Link> {
    const { settings, buckets } = this.#world;
    const destination = settings.destination(destinationId);
    if (destination === null) throw new UploadError('destination-missing');
    const base = publicBaseOf(destination);
    if (base !== null) return { kind: 'public', text: (await buckets()).publicUrl(base, key), expiresAt: null };
    if (destination.kind === 'disk') return { kind: 'path', text: pathUnder(destination.folder, key), expiresAt: null };
    const { linkHours } = settings.current.preferences;
    const { url, expiresAt } = await (await buckets()).presignedUrl(destinationId, key, linkHours);
    return { kind: 'presigned', text: url, expiresAt };
  }

  /** Where the file of a completed upload lies. Rejects with `not-supported` for one that is in a bucket. */
  pathOf(id: string): string {
    const { destinationId, key } = this.#must(id);
    const destination = this.#world.settings.destination(destinationId);
    if (destination === null) throw new UploadError('destination-missing');
    if (destination.kind !== 'disk') throw new UploadError('not-supported');
    return pathUnder(destination.folder, key);
  }

  #must(id: string): { readonly destinationId: string; readonly key: string } {
    const upload = this.#world.queue.completed(id);
    if (upload === null) throw new UploadError('invalid-request');
    return upload;
  }
}

const pathUnder = (folder: string, key: string): string => join(folder, ...key.split('/'));

export const publicBaseOf = (destination: Destination): string | null =>
  destination.kind === 'practice' ? null : destination.publicBaseUrl;
