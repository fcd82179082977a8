import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import type { DestinationInfo } from '../../shared/settings.ts';
import { disk, keyless, r2 } from '../dev/fake-destinations.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { CostsTab } from './CostsTab.tsx';

afterEach(cleanup);

async function openCosts(info: DestinationInfo = r2, api: Partial<RemessaApi> = {}) {
  await renderInWindow(<CostsTab destination={info.destination} />, { scenario: 'destinations', api });
}

const table = () => screen.findByRole('table', { name: 'Cost per month' });
const line = async (name: string) =>
  within(within(await table()).getByRole('row', { name: new RegExp(`^${name}`) }))
    .getAllByRole('cell')
    .map(({ textContent }) => textContent);

describe('costs', () => {
  it('stand side by side, line by line, from what this computer knows', async () => {
    await openCosts();
    expect(await screen.findByText('This computer has sent 214 videos here, 96.0 GB.')).toBeTruthy();
    expect(await line('Keeping the videos')).toEqual(['$1.29', '$2.09', '$96.00']);
    expect(await line('Watching the videos')).toEqual(['$0', '$77.40', '$0']);
    expect(await line('Unfinished uploads')).toEqual(['–', '–', '–']);
    expect(await line('Total per month')).toEqual(['$1.29', '$79.49', '$96.00']);
    expect(screen.getByText('Watching takes 960 GB a month. On Amazon that costs $77.40; on R2, nothing.')).toBeTruthy();
    expect(screen.getByText(/Prices of November 1, 2026/)).toBeTruthy();
    expect(screen.getByText(/10 GB kept/)).toBeTruthy();
    expect(within(await table()).getByRole('columnheader', { name: /Cloudflare R2.*this destination/ })).toBeTruthy();
  });

  it('count what is there, unfinished uploads among it', async () => {
    await openCosts();
    fireEvent.click(await screen.findByRole('button', { name: 'Count everything there' }));
    expect(await screen.findByText('The destination holds 231 videos, 104 GB.', {}, { timeout: 3000 })).toBeTruthy();
    expect(await line('Unfinished uploads')).toEqual(['$0.06', '$0.10', '$4.20']);
    expect(screen.queryByRole('button', { name: 'Count everything there' })).toBeNull();
  });

  it('stay as they were where the key may not count, which is explained', async () => {
    await openCosts(r2, { countUsage: async () => ({ ok: false, error: { code: 'access-denied' } }) });
    fireEvent.click(await screen.findByRole('button', { name: 'Count everything there' }));
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(await line('Total per month')).toEqual(['$1.29', '$79.49', '$96.00']);
  });

  it('follow how often videos are watched', async () => {
    await openCosts();
    const views = await screen.findByLabelText('Times each video is watched in a month');
    fireEvent.change(views, { target: { value: '0' } });
    await waitFor(async () => expect(await line('Watching the videos')).toEqual(['$0', '$0', '$0']));
    expect(screen.getByText(/only what is kept is paid for/)).toBeTruthy();
  });

  it('follow it back, too, before the first change has come into force', async () => {
    const savePreferences = vi.fn<RemessaApi['savePreferences']>(async () => ({ ok: true, value: null }));
    await openCosts(r2, { savePreferences });
    const views = await screen.findByLabelText<HTMLInputElement>('Times each video is watched in a month');
    const before = views.value;
    fireEvent.change(views, { target: { value: `${before}0` } });
    fireEvent.change(views, { target: { value: before } });
    expect(savePreferences.mock.calls).toEqual([[{ viewsPerVideo: Number(`${before}0`) }], [{ viewsPerVideo: Number(before) }]]);
  });

  it.each(['', 'muitas', '-1', '1.5', '1000001'])('"%s" views are explained and change nothing', async (typed) => {
    const savePreferences = vi.fn<RemessaApi['savePreferences']>(async () => ({ ok: true, value: null }));
    await openCosts(r2, { savePreferences });
    const views = await screen.findByLabelText('Times each video is watched in a month');
    fireEvent.change(views, { target: { value: typed } });
    expect(screen.getByText(/from 0 to 1 million/)).toBeTruthy();
    expect(savePreferences).not.toHaveBeenCalled();
    expect(await line('Watching the videos')).toEqual(['$0', '$77.40', '$0']);
  });

  it('say what they do not know of a disk and of a server of one’s own', async () => {
    await openCosts(disk);
    expect(await screen.findByText(/A disk of your own costs nothing/)).toBeTruthy();
    cleanup();
    await openCosts(keyless);
    expect(await screen.findByText(/This server is not Amazon’s/)).toBeTruthy();
    // Nothing was sent there yet, and no price is "NaN".
    expect(await line('Total per month')).toEqual(['$0', '$0', '$0']);
  });

  it('that could not be added up are explained, and asked for again', async () => {
    const getUsage = vi
      .fn<RemessaApi['getUsage']>()
      .mockResolvedValueOnce({ ok: false, error: { code: 'internal' } })
      .mockResolvedValue({ ok: true, value: [] });
    await openCosts(r2, { getUsage });
    fireEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    expect(await screen.findByText(/has sent 0 videos here/)).toBeTruthy();
  });
});
