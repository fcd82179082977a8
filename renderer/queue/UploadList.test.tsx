import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '../../shared/errors.ts';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import { everyState } from '../dev/scenarios.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { rowsOf } from '../state/rows.ts';
import { UploadList } from './UploadList.tsx';

afterEach(cleanup);

const nothing = () => vi.fn<() => Promise<Result<null>>>(async () => ({ ok: true, value: null }));
const copied = (count: number) =>
  vi.fn<RemessaApi['copyLinks']>(async () => ({ ok: true, value: { count, kind: 'public', expiresAt: null } }));
const uploads = everyState();

async function renderList(api: Partial<RemessaApi> = {}, onOpenPanel?: (panel: unknown) => void) {
  await renderInWindow(<UploadList rows={rowsOf(uploads)} />, {
    api,
    ...(onOpenPanel === undefined ? {} : { onOpenPanel }),
  });
  return (name: RegExp) => screen.getByRole('row', { name });
}

describe('rows', () => {
  it('draws every state, with its name for screen readers and its hooks', async () => {
    await renderList();
    expect(screen.getByRole('grid', { name: 'Videos' })).toBeTruthy();
    const rows = screen.getAllByRole('row');
    expect(rows.map((row) => row.dataset['status'])).toEqual(rowsOf(uploads).map((row) => row.status));
    expect(rows.map((row) => row.dataset['uploadId'])).toEqual(rowsOf(uploads).map((row) => row.id));
    expect(rows[0]?.getAttribute('aria-label')).toBe('video_5_simple.mp4, uploading, 42 percent');
  });

  it('keeps two uploads apart that have the same key at two destinations', async () => {
    const [first] = uploads;
    if (first === undefined) throw new Error('no upload');
    await renderInWindow(<UploadList rows={rowsOf([first, { ...first, id: 'other', destinationId: 'd-2' }])} />);
    expect(screen.getAllByRole('row')).toHaveLength(2);
  });

  it('offers what mends a failure', async () => {
    await renderList();
    for (const name of ['Resolve…', 'Use another name', 'Send the new version', 'Retry', 'Copy link']) {
      expect(screen.getAllByRole('button', { name }).length).toBeGreaterThan(0);
    }
    expect(screen.getByText(/Nothing was replaced/)).toBeTruthy();
  });
});

describe('keys', () => {
  it('Space pauses and resumes', async () => {
    const api = { pauseUploads: nothing(), resumeUploads: nothing() };
    const row = await renderList(api);
    fireEvent.keyDown(row(/video_5_simple/), { key: ' ' });
    fireEvent.keyDown(row(/video_15_simple/), { key: ' ' });
    await waitFor(() => expect(api.resumeUploads).toHaveBeenCalledWith(['u-5']));
    expect(api.pauseUploads).toHaveBeenCalledWith(['u-1']);
  });

  it('Enter does what the main button does', async () => {
    const copyLinks = copied(1);
    const row = await renderList({ copyLinks });
    fireEvent.keyDown(row(/video_24_simple/), { key: 'Enter' });
    expect((await screen.findByTestId('toast')).textContent).toContain('Link copied');
    expect(copyLinks).toHaveBeenCalledWith(['u-14']);
  });

  it('Alt with an arrow moves', async () => {
    const moveUpload = nothing();
    const row = await renderList({ moveUpload });
    fireEvent.keyDown(row(/video_14_simple/), { key: 'ArrowUp', altKey: true });
    await waitFor(() => expect(moveUpload).toHaveBeenCalledWith('u-4', 'up'));
  });

  it('Delete asks before it cancels', async () => {
    const cancelUploads = nothing();
    const row = await renderList({ cancelUploads });
    fireEvent.keyDown(row(/video_14_simple/), { key: 'Delete' });
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel upload' }));
    await waitFor(() => expect(cancelUploads).toHaveBeenCalledWith(['u-4']));
  });

  it('copying with rows selected copies their links, in their order', async () => {
    const copyLinks = copied(2);
    const row = await renderList({ copyLinks });
    fireEvent.keyDown(row(/video_25_simple/), { key: 'a', ctrlKey: true });
    fireEvent(document, new Event('copy', { cancelable: true }));
    await waitFor(() => expect(copyLinks).toHaveBeenCalledWith(['u-14', 'u-15', 'u-23']));
  });
});

describe('a name that is taken', () => {
  it('is settled by a choice: comparing costs nothing and comes first', async () => {
    const settleConflict = nothing();
    const row = await renderList({ settleConflict });
    fireEvent.keyDown(row(/video_21_simple/), { key: 'Enter' });
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getAllByRole('radio').map((radio) => radio.getAttribute('value'))).toEqual([
      'compare',
      'rename',
      'replace',
      'skip',
    ]);
    fireEvent.click(dialog.getByRole('radio', { name: /Keep both/ }));
    fireEvent.click(dialog.getByRole('button', { name: 'Keep both' }));
    await waitFor(() => expect(settleConflict).toHaveBeenCalledWith(['u-11'], 'rename'));
  });

  it('may be settled for all at once', async () => {
    const settleConflict = nothing();
    const refused = uploads.filter((upload) => upload.status === 'failed' && upload.error.code === 'object-exists');
    const [one] = refused;
    if (one === undefined) throw new Error('no refused upload');
    const rows = rowsOf([one, { ...one, id: 'second' }, { ...one, id: 'third' }]);
    await renderInWindow(<UploadList rows={rows} />, { api: { settleConflict } });
    fireEvent.click(screen.getAllByRole('button', { name: 'Resolve…' })[0] as HTMLElement);
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Do the same with the other 2 videos' }));
    fireEvent.click(screen.getByRole('radio', { name: /Do not send/ }));
    fireEvent.click(screen.getByRole('button', { name: 'Do not send' }));
    await waitFor(() => expect(settleConflict).toHaveBeenCalledWith([one.id, 'second', 'third'], 'skip'));
  });

  it('says what is there and what would come', async () => {
    const row = await renderList();
    fireEvent.keyDown(row(/video_31_simple/), { key: 'Enter' });
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('At ensinalab-videos');
    expect(dialog.textContent).toContain('377');
  });
});

describe('a video that goes to two places', () => {
  it('is one row with one state, and each place with its own', async () => {
    const row = await renderList();
    const both = row(/video_34_simple.mp4, uploading, 65 percent/);
    const places = within(both).getAllByRole('listitem');
    expect(places.map((place) => place.textContent)).toEqual(['ensinalab-videos: Uploading', 'HD da sala de aula: Sent and verified']);
  });

  it('is paused and canceled as one', async () => {
    const api = { pauseUploads: nothing(), cancelUploads: nothing() };
    const row = await renderList(api);
    fireEvent.keyDown(row(/video_34_simple/), { key: ' ' });
    await waitFor(() => expect(api.pauseUploads).toHaveBeenCalledWith(['u-24']));
    fireEvent.keyDown(row(/video_34_simple/), { key: 'Delete' });
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel upload' }));
    await waitFor(() => expect(api.cancelUploads).toHaveBeenCalledWith(['u-24']));
  });

  it('has one link: that of the first place', async () => {
    const copyLinks = copied(1);
    const done = everyState().find(({ id }) => id === 'u-25');
    if (done === undefined) throw new Error('no upload');
    const rows = rowsOf([{ ...done, id: 'bucket', destinationId: 'd-r2' }, done]);
    await renderInWindow(<UploadList rows={rows} />, { api: { copyLinks } });
    fireEvent.click(screen.getByRole('button', { name: 'Copy link' }));
    await waitFor(() => expect(copyLinks).toHaveBeenCalledWith(['bucket']));
  });
});

describe('elsewhere', () => {
  it('sends to the destination that is chosen', async () => {
    const sendTo = nothing();
    const row = await renderList({ sendTo });
    fireEvent.contextMenu(row(/video_14_simple/));
    fireEvent.click(await screen.findByRole('menuitem', { name: /Send to another destination/ }));
    fireEvent.click(await screen.findByRole('radio', { name: /HD da sala de aula/ }));
    fireEvent.click(screen.getByRole('button', { name: 'Send it there' }));
    await waitFor(() => expect(sendTo).toHaveBeenCalledWith(['u-4'], 'd-disk'));
  });

  it('deletes a local file for good only after a yes', async () => {
    const deleteLocalFile = nothing();
    const row = await renderList({ deleteLocalFile });
    fireEvent.contextMenu(row(/video_33_simple/));
    fireEvent.click(await screen.findByRole('menuitem', { name: /Delete the file here/ }));
    fireEvent.click(await screen.findByRole('button', { name: 'Keep the file' }));
    expect(deleteLocalFile).not.toHaveBeenCalled();
    fireEvent.contextMenu(row(/video_33_simple/));
    fireEvent.click(await screen.findByRole('menuitem', { name: /Delete the file here/ }));
    fireEvent.click(await screen.findByRole('button', { name: 'Delete for good' }));
    await waitFor(() => expect(deleteLocalFile).toHaveBeenCalledWith('u-23'));
  });
});

describe('what is there', () => {
  const completed = () => {
    const done = everyState().find(({ id }) => id === 'u-25');
    if (done === undefined) throw new Error('no upload');
    return done;
  };

  it('is shown before it is deleted at its destination', async () => {
    const lookAtObject = vi.fn<RemessaApi['lookAtObject']>(async () => ({ ok: false, error: { code: 'object-missing' } }));
    const done = { ...completed(), destinationId: 'd-r2' };
    await renderInWindow(<UploadList rows={rowsOf([done])} />, { api: { lookAtObject } });
    fireEvent.contextMenu(screen.getByRole('row'));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Delete at the destination…' }));
    expect((await screen.findByRole('dialog', { name: 'Delete video' })).textContent).toContain(done.key);
    expect(lookAtObject).toHaveBeenCalledWith('d-r2', done.key);
  });

  it('is shown in its folder where it is on a disk, and only there', async () => {
    const showObject = nothing();
    const inBucket = { ...completed(), id: 'bucket', groupId: null, destinationId: 'd-r2' };
    const onDisk = { ...completed(), id: 'disk', groupId: null, destinationId: 'd-disk' };
    await renderInWindow(<UploadList rows={rowsOf([inBucket, onDisk])} />, { api: { showObject } });
    const [first, second] = screen.getAllByRole('row');
    fireEvent.contextMenu(first!);
    await screen.findByRole('menuitem', { name: /Receipt/ });
    expect(screen.queryByRole('menuitem', { name: 'Show in folder' })).toBeNull();
    fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    fireEvent.contextMenu(second!);
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Show in folder' }));
    await waitFor(() => expect(showObject).toHaveBeenCalledWith('disk'));
  });
});

describe('a refusal', () => {
  it('is explained, with the technical detail to copy', async () => {
    const error = { code: 'journal-unwritable', detail: 'ENOSPC' } as const;
    const copyDetails = nothing();
    const row = await renderList({ pauseUploads: async () => ({ ok: false, error }), copyDetails });
    fireEvent.keyDown(row(/video_5_simple/), { key: ' ' });
    const toast = await screen.findByTestId('toast');
    expect(toast.textContent).toContain('This computer’s disk cannot be written to');
    fireEvent.click(screen.getByRole('button', { name: 'Copy details' }));
    await waitFor(() => expect(copyDetails).toHaveBeenCalledWith('journal-unwritable\nENOSPC'));
  });
});
