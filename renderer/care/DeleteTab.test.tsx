import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import type { ObjectFacts } from '../../shared/storage.ts';
import { r2 } from '../dev/fake-destinations.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { DeleteObjectDialog } from './DeleteObjectDialog.tsx';
import { DeleteTab } from './DeleteTab.tsx';

afterEach(cleanup);

const day = 86_400_000;
const key = 'videos/video_5.mp4';
const facts: ObjectFacts = {
  key,
  size: 812e6,
  modifiedAt: Date.now() - 12 * day,
  contentType: 'video/mp4',
  isOurs: true,
  links: { signed: 3, lasting: 0, lastExpiresAt: Date.now() + day },
};

function createApi(changed: Partial<ObjectFacts> = {}) {
  const lookAtObject = vi.fn<RemessaApi['lookAtObject']>(async () => ({ ok: true, value: { ...facts, ...changed } }));
  const deleteObject = vi.fn<RemessaApi['deleteObject']>(async () => ({ ok: true, value: { deletion: 'erased' } }));
  return { lookAtObject, deleteObject };
}

async function openDialog(api: Partial<RemessaApi>) {
  const onClose = vi.fn<() => void>();
  await renderInWindow(<DeleteObjectDialog destinationId="d-r2" objectKey={key} onClose={onClose} />, { api });
  const dialog = await screen.findByRole('dialog', { name: 'Delete video' });
  return { onClose, dialog };
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('deleting a video', () => {
  it('shows what it is and what dies with it before anything is done', async () => {
    const api = createApi();
    const { dialog } = await openDialog(api);
    expect(api.lookAtObject).toHaveBeenCalledWith('d-r2', key);
    await screen.findByRole('button', { name: 'Delete video' });
    const told = ['812 MB', '12 days ago', 'video/mp4', 'Remessa', '3 links stop opening', 'would have lasted until'];
    for (const said of [...told, 'cannot be undone']) {
      expect(dialog.textContent).toContain(said);
    }
    expect(api.deleteObject).not.toHaveBeenCalled();
  });

  it('deletes after a yes, and says that the server has confirmed it', async () => {
    const api = createApi();
    const { onClose } = await openDialog(api);
    fireEvent.click(await screen.findByRole('button', { name: 'Delete video' }));
    expect(await screen.findByText(/confirmed that the video is no longer there/)).toBeTruthy();
    expect(api.deleteObject).toHaveBeenCalledExactlyOnceWith('d-r2', key);
    expect(screen.queryByRole('button', { name: 'Delete video' })).toBeNull();
    fireEvent.click(screen.getAllByRole('button', { name: 'Close' }).at(-1)!);
    expect(onClose).toHaveBeenCalled();
  });

  it('says what hidden means in a bucket that keeps versions', async () => {
    const deleteObject: RemessaApi['deleteObject'] = async () => ({ ok: true, value: { deletion: 'hidden' } });
    await openDialog({ ...createApi(), deleteObject });
    fireEvent.click(await screen.findByRole('button', { name: 'Delete video' }));
    expect(await screen.findByText('Hidden, not erased')).toBeTruthy();
    expect(screen.getByText(/still takes room/)).toBeTruthy();
  });

  it('tells what the server does not say, and whose it is', async () => {
    const links = { signed: 0, lasting: 0, lastExpiresAt: null };
    const { dialog } = await openDialog(createApi({ modifiedAt: null, contentType: null, isOurs: false, links }));
    await screen.findByRole('button', { name: 'Delete video' });
    expect(dialog.textContent).toContain('another program');
    expect(dialog.textContent).toContain('the server does not say when');
    expect(dialog.textContent).toContain('has given none');
  });

  it('does not promise an end to links that last', async () => {
    const { dialog } = await openDialog(createApi({ links: { signed: 1, lasting: 1, lastExpiresAt: Date.now() } }));
    await screen.findByRole('button', { name: 'Delete video' });
    expect(dialog.textContent).toContain('2 links stop opening');
    expect(dialog.textContent).not.toContain('would have lasted');
  });

  it.each([
    ['object-missing', /there is no such video/],
    ['outside-prefix', /outside/i],
  ] as const)('%s: nothing to delete', async (code, said) => {
    const { dialog } = await openDialog({ lookAtObject: async () => ({ ok: false, error: { code } }) });
    expect((await screen.findByRole('alert')).textContent).toMatch(said);
    expect(within(dialog).queryByRole('button', { name: 'Delete video' })).toBeNull();
  });

  it('shows what is there now when another video has taken its place, and asks again', async () => {
    const api = createApi();
    const deleteObject = vi.fn<RemessaApi['deleteObject']>(async () => ({ ok: false, error: { code: 'object-changed' } }));
    const { dialog } = await openDialog({ ...api, deleteObject });
    const yes = await screen.findByRole('button', { name: 'Delete video' });
    api.lookAtObject.mockResolvedValue({ ok: true, value: { ...facts, size: 5e6, isOurs: false } });
    fireEvent.click(yes);
    expect(await screen.findByText(/another video has taken its place/)).toBeTruthy();
    await waitFor(() => expect(dialog.textContent).toContain('5.0 MB'));
    expect(dialog.textContent).toContain('another program');
    expect(deleteObject).toHaveBeenCalledOnce();
  });

  it.each(['delete-unconfirmed', 'upload-in-use'] as const)('%s: still there, and can be tried again', async (code) => {
    const deleteObject = vi.fn<RemessaApi['deleteObject']>(async () => ({ ok: false, error: { code } }));
    await openDialog({ ...createApi(), deleteObject });
    fireEvent.click(await screen.findByRole('button', { name: 'Delete video' }));
    expect(await screen.findByText(/^The video was not deleted/)).toBeTruthy();
    press('Delete video');
    await waitFor(() => expect(deleteObject).toHaveBeenCalledTimes(2));
    await screen.findByText(/^The video was not deleted/);
  });
});

describe('by its name', () => {
  async function openTab(api = createApi()) {
    await renderInWindow(<DeleteTab destination={r2.destination} />, { api });
    return api;
  }
  const type = (value: string) =>
    fireEvent.change(screen.getByLabelText('Name at the destination'), { target: { value } });

  it('looks for what was typed', async () => {
    const { lookAtObject } = await openTab();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Look' }).disabled).toBe(true);
    type(` ${key} `);
    press('Look');
    await waitFor(() => expect(lookAtObject).toHaveBeenCalledWith('d-r2', key));
    await screen.findByRole('button', { name: 'Delete video' });
  });

  it('takes a link, and shows which name it leads to', async () => {
    const { lookAtObject } = await openTab();
    type('https://videos.ensinalab.com.br/videos/aula%20%C3%A9.mp4');
    expect(screen.getByText('videos/aula é.mp4')).toBeTruthy();
    press('Look');
    await waitFor(() => expect(lookAtObject).toHaveBeenCalledWith('d-r2', 'videos/aula é.mp4'));
    await screen.findByRole('button', { name: 'Delete video' });
  });

  it('is empty again for the next one', async () => {
    await openTab();
    type(key);
    press('Look');
    fireEvent.click(await screen.findByRole('button', { name: 'Delete video' }));
    await screen.findByText(/confirmed that the video/);
    fireEvent.click(screen.getAllByRole('button', { name: 'Close' }).at(-1)!);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByLabelText<HTMLInputElement>('Name at the destination').value).toBe('');
  });
});
