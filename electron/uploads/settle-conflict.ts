import { assertNever } from '../../shared/errors.ts';
import { numberedKeys } from '../../shared/object-key.ts';
import { withRetry } from './attempts.ts';
import { compareContent } from './compare-content.ts';
import { describeObject } from './describe-object.ts';
import { objectExists } from './stored-object.ts';
import type { StoredObject } from './ports.ts';
import type { RunContext } from './run-context.ts';

/** Numbers that are tried behind a name before a person is asked. */
const mostNumbers = 1_000;

/**
 * Another object stands under the key: what the upload's rule says is done. `sending` where it goes on (in the object's
 * place, or under another key), `over` where there is nothing to send. Rejects with `object-exists` where a person has to
 * say: then the parts that have arrived are still of use. `dropParts`: the server forgets them, since a multipart upload
 * belongs to its key.
 */
export async function settleConflict(
  context: RunContext,
  object: StoredObject,
  dropParts: () => Promise<void>,
): Promise<'sending' | 'over'> {
  const { onConflict, key, source } = context.record();
  switch (onConflict) {
    case 'ask':
      throw objectExists(object);
    case 'replace':
      return 'sending';
    case 'skip':
      await dropParts();
      await context.commit({ type: 'skipped', existing: { size: object.size, modifiedAt: object.modifiedAt } });
      return 'over';
    case 'rename': {
      const free = await freeKey(context, object);
      await dropParts();
      await context.commit({ type: 'renamed', key: free });
      return 'sending';
    }
    case 'compare': {
      const comparison = await compareContent(context, source, { key, object });
      // Under a wrong type the video would not play.
      const isVideo = object.contentType === null || object.contentType === describeObject(context.record()).contentType;
      if (comparison.result !== 'same' || !isVideo) return askAPerson(context, object);
      await dropParts();
      await context.commit({
        type: 'completed',
        at: context.clock.now(),
        etag: object.etag,
        crc64nvme: comparison.crc64nvme,
        verification: comparison.by === 'checksum' ? 'checksum' : 'object',
        was: { token: object.uploadToken },
      });
      return 'over';
    }
    default:
      return assertNever(onConflict);
  }
}

/** The first numbered key that neither the queue nor the destination has. */
async function freeKey(context: RunContext, object: StoredObject): Promise<string> {
  let tried = 0;
  for (const candidate of numberedKeys(context.record().key)) {
    tried += 1;
    if (tried > mostNumbers) break;
    if (tried === 1 || context.isKeyTaken(candidate)) continue;
    if ((await withRetry(context, (signal) => context.storage.headObject(candidate, signal))) === null) return candidate;
  }
  return askAPerson(context, object);
}

/** The rule has said all that it can. */
async function askAPerson(context: RunContext, object: StoredObject): Promise<never> {
  await context.commit({ type: 'conflict-settled', rule: 'ask' });
  throw objectExists(object);
}
