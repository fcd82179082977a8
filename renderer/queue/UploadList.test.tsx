import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '../../shared/errors.ts';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import { everyState } from '../dev/scenarios.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { UploadList } from './UploadList.tsx';

afterEach(cleanup);

const nothing = () => vi.fn<() => Promise<Result<null>>>(async () => ({ ok: true, value: null }));
const copied = (count: number) =>
  vi.fn<RemessaApi['copyLinks']>(async () => ({ ok: true, value: { count, kind: 'public', expiresAt: null } }));
const uploads = everyState();

async function renderList(api: Partial<RemessaApi> = {}, onOpenPanel?: (panel: unknown) => void) {
  await renderInWindow(<UploadList uploads={uploads} />, {
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
    expect(rows.map((row) => row.dataset['status'])).toEqual(uploads.map((upload) => upload.status));
    expect(rows.map((row) => row.dataset['uploadId'])).toEqual(uploads.map((upload) => upload.id));
    expect(rows[0]?.getAttribute('aria-label')).toBe('video_5_simple.mp4, uploading, 42 percent');
  });

  it('keeps two uploads apart that have the same key at two destinations', async () => {
    const [first] = uploads;
    if (first === undefined) throw new Error('no upload');
    await renderInWindow(<UploadList uploads={[first, { ...first, id: 'other', destinationId: 'd-2' }]} />);
    expect(screen.getAllByRole('row')).toHaveLength(2);
  });

  it('offers what mends a failure', async () => {
    await renderList();
    for (const name of ['Replace it', 'Use another name', 'Send the new version', 'Retry', 'Copy link']) {
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
    await waitFor(() => expect(copyLinks).toHaveBeenCalledWith(['u-14', 'u-15']));
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
