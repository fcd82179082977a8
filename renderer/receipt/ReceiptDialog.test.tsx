import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '../../shared/errors.ts';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { rowsOf } from '../state/rows.ts';
import { scenarioNamed } from '../dev/scenarios.ts';
import { UploadList } from '../queue/UploadList.tsx';

afterEach(cleanup);

const { uploads } = scenarioNamed('verification');
const nothing = () => vi.fn<() => Promise<Result<null>>>(async () => ({ ok: true, value: null }));

async function openReceipt(scenario: string, api: Partial<RemessaApi> = {}, onOpenPanel?: (panel: unknown) => void) {
  await renderInWindow(<UploadList rows={rowsOf(uploads)} />, {
    scenario,
    api,
    ...(onOpenPanel === undefined ? {} : { onOpenPanel }),
  });
  fireEvent.click(screen.getAllByRole('button', { name: 'Receipt' })[1]!);
  return screen.findByRole('dialog', { name: 'Receipt' });
}

describe('the receipt', () => {
  it('opens from the row and says what was proved', async () => {
    const dialog = await openReceipt('verification');
    expect(dialog.textContent).toContain('Opening the receipt');
    expect(await screen.findByText(/each of the 81 parts/)).toBeTruthy();
    expect(dialog.textContent).toContain('npm run verify -- receipt.json');
  });

  it('opens by Ctrl+I on the row', async () => {
    await renderInWindow(<UploadList rows={rowsOf(uploads)} />, { scenario: 'verification' });
    fireEvent.keyDown(screen.getByRole('row', { name: /video_1_simple/ }), { key: 'i', ctrlKey: true });
    expect(await screen.findByRole('dialog', { name: 'Receipt' })).toBeTruthy();
  });

  it('is checked again, line by line', async () => {
    await openReceipt('receipt-changed');
    fireEvent.click(await screen.findByRole('button', { name: 'Check again' }));
    expect(await screen.findByText('What is there is no longer what was sent')).toBeTruthy();
    expect(screen.getAllByText('different')).toHaveLength(3);
  });

  it('is copied as JSON, and its file is shown', async () => {
    const copyDetails = vi.fn<RemessaApi['copyDetails']>(async () => ({ ok: true, value: null }));
    const showReceiptFile = nothing();
    await openReceipt('verification', { copyDetails, showReceiptFile });
    fireEvent.click(await screen.findByRole('button', { name: 'Copy' }));
    await waitFor(() => expect(copyDetails).toHaveBeenCalled());
    expect(JSON.parse(copyDetails.mock.calls[0]?.[0] ?? '')).toMatchObject({ kind: 'remessa-receipt' });
    fireEvent.click(screen.getByRole('button', { name: 'Show file' }));
    await waitFor(() => expect(showReceiptFile).toHaveBeenCalledWith('u-2'));
  });

  it('explains a refused check, with the button that mends it', async () => {
    const onOpenPanel = vi.fn<(panel: unknown) => void>();
    await openReceipt('receipt-refused', {}, onOpenPanel);
    fireEvent.click(await screen.findByRole('button', { name: 'Check again' }));
    expect(await screen.findByText('It could not be checked now: the access key was rejected')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Change the key' }));
    expect(onOpenPanel).toHaveBeenCalledWith({ kind: 'edit-destination', id: 'd-r2', changesKey: true });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('that does not open can be asked for again', async () => {
    const getReceipt = vi.fn<RemessaApi['getReceipt']>(async () => ({ ok: false, error: { code: 'internal' } }));
    await openReceipt('verification', { getReceipt });
    fireEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(getReceipt).toHaveBeenCalledTimes(2));
  });
});
