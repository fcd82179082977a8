import { describe, expect, it } from 'vitest';
import { isSettingsBlock, parsePastedSettings } from './pasted-settings.ts';

const account = '0123456789abcdef0123456789abcdef';

describe('parsePastedSettings', () => {
  it('reads an .env block with quotes, comments, export and Windows line ends', () => {
    const text = [
      '# storage',
      'USE_R2_STORAGE=true',
      `export R2_ACCOUNT_ID=${account}`,
      'R2_ACCESS_KEY_ID="AKID#1"',
      "R2_SECRET_ACCESS_KEY='s3cr3t=with=equals'",
      'R2_BUCKET_NAME=ensinalab-videos # the lessons',
      'R2_PUBLIC_URL=https://videos.ensinalab.com.br',
      'R2_ENDPOINT_URL=',
    ].join('\r\n');
    expect(parsePastedSettings(text)).toEqual({
      accountId: account,
      accessKeyId: 'AKID#1',
      secretAccessKey: 's3cr3t=with=equals',
      bucket: 'ensinalab-videos',
      publicBaseUrl: 'https://videos.ensinalab.com.br',
    });
  });

  it('reads the AWS names and the credentials file', () => {
    expect(
      parsePastedSettings(
        '[default]\naws_access_key_id = AK1\naws_secret_access_key = abc/def+1\naws_session_token=tok\nregion = sa-east-1',
      ),
    ).toEqual({ accessKeyId: 'AK1', secretAccessKey: 'abc/def+1', sessionToken: 'tok', region: 'sa-east-1' });
    expect(parsePastedSettings('AWS_S3_BUCKET_NAME=aulas\nAWS_S3_REGION=us-east-1')).toEqual({
      bucket: 'aulas',
      region: 'us-east-1',
    });
  });

  it('reads the page of a new R2 token, where values stand below their labels', () => {
    const page = `
      Token value
      Use this token for authenticating against the Cloudflare API:
      v1.0-abcdef

      Access Key ID
      11112222333344445555666677778888
      Click to copy

      Secret Access Key

      9999aaaa9999aaaa9999aaaa9999aaaa9999aaaa9999aaaa9999aaaa9999aaaa

      Use jurisdiction-specific endpoints for S3 clients:
      Default
      https://${account}.r2.cloudflarestorage.com
      European Union (EU)
      https://${account}.eu.r2.cloudflarestorage.com`;
    expect(parsePastedSettings(page)).toEqual({
      accountId: account,
      accessKeyId: '11112222333344445555666677778888',
      secretAccessKey: '9999aaaa9999aaaa9999aaaa9999aaaa9999aaaa9999aaaa9999aaaa9999aaaa',
    });
  });

  it('takes account, jurisdiction and bucket out of an R2 address', () => {
    expect(parsePastedSettings(`https://${account}.eu.r2.cloudflarestorage.com/aulas`)).toEqual({
      accountId: account,
      jurisdiction: 'eu',
      bucket: 'aulas',
    });
    expect(parsePastedSettings(`R2_ENDPOINT_URL=https://${account}.r2.cloudflarestorage.com`)).toEqual({
      accountId: account,
    });
  });

  it('keeps the endpoint of any other server, and reads JSON', () => {
    expect(parsePastedSettings('{\n  "endpoint": "https://minio.local:9000",\n  "bucket": "aulas",\n}')).toEqual({
      endpoint: 'https://minio.local:9000',
      bucket: 'aulas',
    });
  });

  it('finds nothing in ordinary text', () => {
    expect(parsePastedSettings('')).toEqual({});
    expect(parsePastedSettings('a sentence: with a colon\nconstructor=1')).toEqual({});
  });
});

describe('isSettingsBlock', () => {
  it.each([
    ['R2_BUCKET_NAME=a', true],
    ['A=1\nR2_BUCKET_NAME=aulas\nR2_ACCOUNT_ID=x', true],
    ['ensinalab-videos', false],
    [account, false],
    ['https://minio.local:9000', false],
    ['abc/def+1=', false],
  ])('%s → %s', (text, expected) => expect(isSettingsBlock(text)).toBe(expected));
});
