import {
  GetBucketLifecycleConfigurationCommand,
  type GetBucketLifecycleConfigurationCommandOutput,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
} from '@aws-sdk/client-s3';
import type { LifecycleRules } from '../../upkeep/ports.ts';
import type { BucketClient } from '../s3-client.ts';
import { orNone, ruleRequest, withContentMd5 } from './bucket-rules.ts';

type Bucket = Pick<BucketClient, 'client' | 'bucket'>;
type Configuration = Pick<GetBucketLifecycleConfigurationCommandOutput, 'Rules' | 'TransitionDefaultMinimumObjectSize'>;

const ourRuleId = 'remessa-unfinished-uploads';

export const lifecycleRules = (bucket: Bucket): LifecycleRules => ({
  dropUnfinishedAfter: (days, prefix, signal) =>
    ruleRequest(signal, async () => {
      const before = await configuration(bucket, signal);
      const others = (before?.Rules ?? []).filter(({ ID }) => ID !== ourRuleId);
      const command = new PutBucketLifecycleConfigurationCommand({
        Bucket: bucket.bucket,
        LifecycleConfiguration: { Rules: [...others, unfinishedRule(days, prefix)] },
        // It belongs to the configuration and would go back to its default.
        TransitionDefaultMinimumObjectSize: before?.TransitionDefaultMinimumObjectSize,
      });
      await bucket.client.send(withContentMd5(command), { abortSignal: signal });
    }),
});

/**
 * Days after which the bucket drops an unfinished upload of that key by itself: those of the rule that does it first.
 * Null where none does.
 */
export const daysUntilDropped = (bucket: Bucket, key: string, signal: AbortSignal): Promise<number | null> =>
  ruleRequest(signal, async () => {
    const rules = (await configuration(bucket, signal))?.Rules ?? [];
    const days = rules
      .filter((rule) => isFor(rule, key))
      .map(({ AbortIncompleteMultipartUpload: drop }) => drop?.DaysAfterInitiation ?? 0);
    return days.length === 0 ? null : Math.min(...days);
  });

const configuration = ({ client, bucket: Bucket }: Bucket, signal: AbortSignal): Promise<Configuration | null> =>
  orNone(
    'NoSuchLifecycleConfiguration',
    client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }), { abortSignal: signal }),
  );

const unfinishedRule = (days: number, prefix: string): LifecycleRule => ({
  ID: ourRuleId,
  Status: 'Enabled',
  Filter: { Prefix: prefix },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: days },
});

/** Whether a rule drops unfinished uploads of a key. S3 refuses such rules with tags or sizes. */
function isFor({ Status, Filter, Prefix, AbortIncompleteMultipartUpload }: LifecycleRule, key: string): boolean {
  if (Status !== 'Enabled' || (AbortIncompleteMultipartUpload?.DaysAfterInitiation ?? 0) < 1) return false;
  return key.startsWith(Filter?.Prefix ?? Filter?.And?.Prefix ?? Prefix ?? '');
}
