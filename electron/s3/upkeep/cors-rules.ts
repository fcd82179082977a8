import { type CORSRule, GetBucketCorsCommand, PutBucketCorsCommand } from '@aws-sdk/client-s3';
import type { CorsRule } from '../../../shared/cors.ts';
import type { CorsRules } from '../../upkeep/ports.ts';
import type { BucketClient } from '../s3-client.ts';
import { orNone, ruleRequest, withContentMd5 } from './bucket-rules.ts';

export function corsRules({ client, bucket: Bucket }: Pick<BucketClient, 'client' | 'bucket'>): CorsRules {
  return {
    read: (signal) =>
      ruleRequest(signal, async () => {
        const request = client.send(new GetBucketCorsCommand({ Bucket }), { abortSignal: signal });
        const answer = await orNone('NoSuchCORSConfiguration', request);
        return (answer?.CORSRules ?? []).map(fromS3);
      }),
    write: (rules, signal) =>
      ruleRequest(signal, async () => {
        const command = new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: rules.map(toS3) } });
        await client.send(withContentMd5(command), { abortSignal: signal });
      }),
  };
}

const fromS3 = (rule: CORSRule): CorsRule => ({
  id: rule.ID ?? null,
  origins: rule.AllowedOrigins ?? [],
  methods: rule.AllowedMethods ?? [],
  allowedHeaders: rule.AllowedHeaders ?? [],
  exposedHeaders: rule.ExposeHeaders ?? [],
  maxAgeSeconds: rule.MaxAgeSeconds ?? null,
});

const toS3 = ({ id, origins, methods, allowedHeaders, exposedHeaders, maxAgeSeconds }: CorsRule): CORSRule => ({
  ...(id === null ? {} : { ID: id }),
  AllowedOrigins: [...origins],
  AllowedMethods: [...methods],
  ...(allowedHeaders.length === 0 ? {} : { AllowedHeaders: [...allowedHeaders] }),
  ...(exposedHeaders.length === 0 ? {} : { ExposeHeaders: [...exposedHeaders] }),
  ...(maxAgeSeconds === null ? {} : { MaxAgeSeconds: maxAgeSeconds }),
});
