import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Upload, WaitReason } from '../../shared/upload.ts';
import { everyState, uploadNamed } from '../dev/scenarios.ts';
import { errorTexts } from '../text/texts.ts';
import { rowsOf } from '../state/rows.ts';
import type { Action } from './upload-actions.ts';
import { menuActions, primaryAction, secondaryAction } from './upload-actions.ts';

const base = { ...uploadNamed(1, 'video_5.mp4', 100), uploadedBytes: 10 };
const failed = (code: ErrorCode, keyEditable = false): Upload => ({
  ...base,
  keyEditable,
  status: 'failed',
  error: { code },
  existing: null,
});
const waiting = (reason: WaitReason): Upload => ({
  ...base,
  status: 'waiting',
  reason,
  retryAt: null,
  error: { code: 'offline' },
});

describe('primaryAction', () => {
  it.each<[Upload, Action | null]>([
    [{ ...base, status: 'queued' }, 'pause'],
    [{ ...base, status: 'paused' }, 'resume'],
    [{ ...base, status: 'completing' }, null],
    [{ ...base, status: 'canceling' }, null],
    [{ ...base, status: 'completed', completedAt: 1, verification: 'object', wasThere: false, localFile: 'kept' }, 'copy-link'],
    [waiting('offline'), 'try-now'],
    [waiting('backoff'), 'try-now'],
    [waiting('source'), 'locate'],
    [waiting('destination'), 'pause'],
    [waiting('schedule'), 'change-schedule'],
    [failed('object-exists'), 'settle-conflict'],
    [failed('source-changed'), 'restart'],
    [failed('credentials-rejected'), 'change-key'],
    [failed('object-mismatch'), 'retry'],
    [failed('proxy-refused'), 'change-proxy'],
    [failed('source-missing'), 'retry'],
    [failed('not-a-video'), 'retry'],
    [failed('invalid-key'), 'retry'],
    [failed('invalid-key', true), 'edit-key'],
  ])('%#', (upload, expected) => {
    const proposed = upload.status === 'failed' ? errorTexts.en[upload.error.code].action : null;
    expect(primaryAction(upload, proposed)).toBe(expected);
  });
});

describe('secondaryAction', () => {
  it('is another name where one exists already and the key is still free', () => {
    expect(secondaryAction(failed('object-exists', true))).toBe('edit-key');
    expect(secondaryAction(failed('object-exists'))).toBeNull();
  });
  it('is to show the original where the file changed', () => {
    expect(secondaryAction(failed('source-changed'))).toBe('locate');
  });
});

describe('menuActions', () => {
  it('never repeats the button beside it, and always offers the details', () => {
    for (const row of rowsOf(everyState())) {
      const proposed = row.status === 'failed' ? errorTexts.en[row.error.code].action : null;
      const primary = primaryAction(row, proposed);
      const actions = menuActions(row, primary, false).flat();
      expect(actions).toContain('details');
      expect(actions).not.toContain(primary);
      expect(new Set(actions).size).toBe(actions.length);
    }
  });

  it('asks about the copy that was skipped, and has the link of what arrived', () => {
    const done = { completedAt: 1, verification: 'checksum', wasThere: false, localFile: 'kept' } as const;
    const sent: Upload = { ...base, groupId: 'g', status: 'completed', ...done };
    const copy = { ...base, id: 'copy', destinationId: 'd-disk', groupId: 'g' };
    const menuOf = (...legs: Upload[]) => rowsOf(legs).flatMap((row) => menuActions(row, null, false).flat());
    const skipped = menuOf(sent, { ...copy, status: 'skipped', existing: null });
    expect(skipped).toEqual(expect.arrayContaining(['settle-conflict', 'copy-link', 'receipt', 'delete-object', 'remove']));
    const deleted = menuOf(sent, { ...copy, status: 'deleted', deletedAt: 1, deletion: 'erased' });
    expect(deleted).toContain('copy-link');
    expect(deleted).not.toContain('settle-conflict');
  });
});
