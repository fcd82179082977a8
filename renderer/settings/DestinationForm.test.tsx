import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import type { DestinationInfo } from '../../shared/settings.ts';
import { disk, keyless, s3 } from '../dev/fake-destinations.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { EditDestination } from './DestinationPanels.tsx';

afterEach(cleanup);

const refused = { ok: false, error: { code: 'other-place' } } as const;

async function edit(info: DestinationInfo) {
  const saveDestination = vi
    .fn<RemessaApi['saveDestination']>()
    .mockResolvedValueOnce(refused)
    .mockResolvedValue({ ok: true, value: { id: 'd-new' } });
  const onClose = vi.fn<() => void>();
  await renderInWindow(<EditDestination info={info} changesKey={false} onClose={onClose} />, {
    scenario: 'destinations',
    api: { saveDestination },
  });
  return { saveDestination, onClose };
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const saved = (times: number, save: { mock: { calls: unknown[][] } }) =>
  waitFor(() => expect(save.mock.calls).toHaveLength(times), { timeout: 3000 });

describe('another place for a destination with videos', () => {
  it('is explained, and can be saved as a destination of its own, with a key of its own', async () => {
    const { saveDestination, onClose } = await edit(s3);
    type('Bucket', 'outro-bucket');
    press('Save');
    expect(await screen.findByText('This is another place than before', {}, { timeout: 3000 })).toBeTruthy();
    expect(saveDestination.mock.calls[0]?.[0]).toMatchObject({ id: 'd-s3', credentials: null });
    press('Save as a new destination');
    expect(await screen.findByText(/key stays with the old destination/)).toBeTruthy();
    // It cannot be kept any more, so the way back to it is gone.
    expect(screen.queryByRole('button', { name: 'Keep the saved key' })).toBeNull();
    expect(saveDestination).toHaveBeenCalledTimes(1);
    type('Access key ID', 'AKIDTYPED');
    type('Secret access key', 'abcdefghijklmnop');
    press('Save as a new destination');
    await saved(2, saveDestination);
    expect(saveDestination.mock.calls[1]?.[0]).toMatchObject({
      id: null,
      importId: null,
      credentials: { accessKeyId: 'AKIDTYPED' },
      draft: { bucket: 'outro-bucket' },
    });
    await waitFor(() => expect(onClose).toHaveBeenCalled());
  });

  it('keeps a key that was typed already', async () => {
    const { saveDestination } = await edit(keyless);
    type('Access key ID', 'AKIDTYPED');
    type('Secret access key', 'abcdefghijklmnop');
    press('Save');
    fireEvent.click(await screen.findByRole('button', { name: 'Save as a new destination' }, { timeout: 3000 }));
    await saved(2, saveDestination);
    expect(saveDestination.mock.calls[1]?.[0]).toMatchObject({ id: null, credentials: { accessKeyId: 'AKIDTYPED' } });
  });

  it('is made once, also of two presses', async () => {
    const { saveDestination, onClose } = await edit(keyless);
    type('Access key ID', 'AKIDTYPED');
    type('Secret access key', 'abcdefghijklmnop');
    press('Save');
    const saveAsNew = await screen.findByRole<HTMLButtonElement>('button', { name: 'Save as a new destination' }, { timeout: 3000 });
    saveDestination.mockImplementation(() => new Promise((resolve) => setTimeout(() => resolve({ ok: true, value: { id: 'd-new' } }), 50)));
    fireEvent.click(saveAsNew);
    expect(saveAsNew.disabled).toBe(true);
    fireEvent.click(saveAsNew);
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(saveDestination).toHaveBeenCalledTimes(2);
  });

  it('needs no key where it is a folder, and the new one has no volume yet', async () => {
    const { saveDestination } = await edit(disk);
    expect(screen.getByLabelText<HTMLInputElement>(/^Limit/).value).toBe('500');
    press('Choose folder…');
    await screen.findByText('/media/ana/Videos');
    press('Save');
    fireEvent.click(await screen.findByRole('button', { name: 'Save as a new destination' }, { timeout: 3000 }));
    await saved(2, saveDestination);
    expect(saveDestination.mock.calls[1]?.[0]).toMatchObject({
      id: null,
      draft: { kind: 'disk', folder: '/media/ana/Videos', volumeId: null, quotaGB: 500 },
    });
  });
});

it('a folder that stays keeps its volume: the test asks for exactly this disk', async () => {
  const { saveDestination } = await edit(disk);
  type(/^Limit/, '600');
  press('Save');
  await saved(1, saveDestination);
  expect(saveDestination.mock.calls[0]?.[0]).toMatchObject({ id: 'd-disk', draft: { volumeId: 'vol-1', quotaGB: 600 } });
});
