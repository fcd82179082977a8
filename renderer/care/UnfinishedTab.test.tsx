import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import type { UnfinishedUpload } from '../../shared/storage.ts';
import type { Destination } from '../../shared/settings.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { UnfinishedTab } from './UnfinishedTab.tsx';

afterEach(cleanup);

const day = 86_400_000;
const uploads: readonly UnfinishedUpload[] = [
  { id: 'f-1', key: 'videos/video_12.mp4', initiatedAt: Date.now() - 9 * day, bytes: 4e9, parts: 97, owner: 'unknown' },
  { id: 'f-2', key: 'videos/video_5.mp4', initiatedAt: Date.now() - 60_000, bytes: 2e8, parts: 1, owner: 'ours' },
  { id: 'f-3', key: 'backup/aula.zip', initiatedAt: null, bytes: null, parts: null, owner: 'unknown' },
];

type List = RemessaApi['listUnfinished'];
const listing = (value: readonly UnfinishedUpload[] = uploads) => vi.fn<List>(async () => ({ ok: true, value }));

async function openUnfinished(api: Partial<RemessaApi> = {}, kind: Destination['kind'] = 'r2') {
  const listUnfinished = listing();
  await renderInWindow(<UnfinishedTab id="d-r2" kind={kind} />, { api: { listUnfinished, ...api } });
  return listUnfinished;
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const box = (name: RegExp | string) => screen.getByRole<HTMLInputElement>('checkbox', { name });

describe('unfinished uploads', () => {
  it('are listed with age, size, parts, price and owner, as far as they are known', async () => {
    await openUnfinished();
    expect(await screen.findByText('3 unfinished uploads · 4.2 GB · $0.06 a month')).toBeTruthy();
    expect(screen.getByText('begun 9 days ago · 4.0 GB · 97 parts · $0.06 a month')).toBeTruthy();
    expect(screen.getByText('date unknown · size unknown')).toBeTruthy();
    expect(box(/video_5.*an upload in your list goes on with it/).disabled).toBe(true);
  });

  it('have no price on a disk', async () => {
    await openUnfinished({}, 'disk');
    expect(await screen.findByText('3 unfinished uploads · 4.2 GB')).toBeTruthy();
    expect(screen.getByText(/takes room on the disk/)).toBeTruthy();
  });

  it('are none, which is said', async () => {
    await openUnfinished({ listUnfinished: listing([]) });
    expect(await screen.findByText('Nothing unfinished')).toBeTruthy();
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('may not be listed with this key: why, and that uploads do not need it', async () => {
    await openUnfinished({
      listUnfinished: async () => ({ ok: false, error: { code: 'access-denied', detail: 'HTTP 403' } }),
    });
    expect((await screen.findByRole('alert')).textContent).toContain('s3:ListBucketMultipartUploads');
    expect(screen.getByText(/Uploads work without it/)).toBeTruthy();
  });

  it('are asked for again', async () => {
    const listUnfinished = await openUnfinished();
    await screen.findByText(/3 unfinished/);
    press('Refresh');
    await waitFor(() => expect(listUnfinished).toHaveBeenCalledTimes(2));
    await screen.findByText(/3 unfinished/);
  });
});

describe('removing them', () => {
  const question = () => screen.findByRole('alertdialog', { name: /unfinished/ });

  it('takes all that are not ours, asks, reports what stayed, and looks again', async () => {
    const removeUnfinished = vi.fn<RemessaApi['removeUnfinished']>(async () => ({
      ok: true,
      value: { removed: 1, kept: 1 },
    }));
    const listUnfinished = await openUnfinished({ removeUnfinished });
    fireEvent.click(await screen.findByRole('checkbox', { name: 'All that are not yours' }));
    expect(box(/video_5/).checked).toBe(false);
    press('Remove 2');
    const asked = await question();
    expect(asked.textContent).toContain('Frees 4.0 GB at the destination');
    expect(asked.textContent).toContain('cannot be undone');
    fireEvent.click(within(asked).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(removeUnfinished).toHaveBeenCalledWith('d-r2', ['f-1', 'f-3']));
    const toast = await screen.findByTestId('toast');
    expect(toast.textContent).toContain('1 unfinished upload removed');
    expect(toast.textContent).toContain('1 stayed');
    expect(listUnfinished).toHaveBeenCalledTimes(2);
    await screen.findByText(/3 unfinished/);
  });

  it('takes one', async () => {
    const removeUnfinished = vi.fn<RemessaApi['removeUnfinished']>(async () => ({
      ok: true,
      value: { removed: 1, kept: 0 },
    }));
    await openUnfinished({ removeUnfinished });
    fireEvent.click(await screen.findByRole('checkbox', { name: /aula.zip/ }));
    press('Remove 1');
    expect((await question()).textContent).toContain('Frees room at the destination');
    fireEvent.click(within(await question()).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(removeUnfinished).toHaveBeenCalledWith('d-r2', ['f-3']));
    await screen.findByText(/3 unfinished/);
  });

  it('does nothing before something is chosen, nor after a no', async () => {
    const removeUnfinished = vi.fn<RemessaApi['removeUnfinished']>();
    await openUnfinished({ removeUnfinished });
    const remove = await screen.findByRole<HTMLButtonElement>('button', { name: 'Remove' });
    expect(remove.disabled).toBe(true);
    fireEvent.click(box(/video_12/));
    press('Remove 1');
    fireEvent.click(within(await question()).getByRole('button', { name: 'Cancel' }));
    expect(removeUnfinished).not.toHaveBeenCalled();
    expect(screen.queryByRole('alertdialog', { name: /unfinished/ })).toBeNull();
  });

  it('says why it was refused, and keeps the list', async () => {
    const removeUnfinished: RemessaApi['removeUnfinished'] = async () => ({ ok: false, error: { code: 'offline' } });
    const listUnfinished = await openUnfinished({ removeUnfinished });
    fireEvent.click(await screen.findByRole('checkbox', { name: /video_12/ }));
    press('Remove 1');
    fireEvent.click(within(await question()).getByRole('button', { name: 'Remove' }));
    expect((await screen.findByTestId('toast')).textContent).toContain('No connection');
    expect(listUnfinished).toHaveBeenCalledTimes(1);
    expect(box(/video_12/).checked).toBe(true);
  });
});
