import { describe, expect, it } from 'vitest';
import { UploadError } from '../uploads/upload-error.ts';
import { toDiskError, translated } from './disk-errors.ts';

const systemError = (code: string): Error => Object.assign(new Error(code), { code });
const patient = new AbortController().signal;

describe('the system’s errors', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EROFS', 'disk-read-only'],
    ['EACCES', 'disk-read-only'],
    ['EPERM', 'disk-read-only'],
    ['EFBIG', 'disk-file-limit'],
    ['ENAMETOOLONG', 'invalid-key'],
    ['ENOENT', 'disk-missing'],
    ['ENODEV', 'disk-missing'],
    ['ESTALE', 'disk-missing'],
    ['EIO', 'disk-missing'],
    ['EBUSY', 'server-error'],
    ['ETIMEDOUT', 'timeout'],
    ['EWHATEVER', 'internal'],
  ])('%s is %s', (code, expected) => {
    const error = toDiskError(systemError(code));
    expect(error.code).toBe(expected);
    expect(error.facts.cause).toMatchObject({ code });
  });

  it('leave those of the engine as they are: the video’s own troubles among them', async () => {
    const own = new UploadError('source-changed');
    expect(toDiskError(own)).toBe(own);
    await expect(translated(patient, () => Promise.reject(own))).rejects.toBe(own);
  });
});

describe('an interruption', () => {
  it('is its own reason, whatever the work throws because of it', async () => {
    const controller = new AbortController();
    const reason = new Error('paused');
    const work = translated(controller.signal, async () => {
      controller.abort(reason);
      throw systemError('EBADF');
    });
    await expect(work).rejects.toBe(reason);
    await expect(translated(controller.signal, async () => 'never')).rejects.toBe(reason);
  });
});
