import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { LimitsSettings } from './LimitsSettings.tsx';
import { presets } from './schedule-edit.ts';

afterEach(cleanup);

async function renderLimits(scenario = 'ordinary') {
  const savePreferences = vi.fn<RemessaApi['savePreferences']>(async () => ({ ok: true, value: null }));
  await renderInWindow(<LimitsSettings />, { scenario, api: { savePreferences } });
  return savePreferences;
}

describe('the limit', () => {
  it('counts at once, in Mbit/s, and says what that is in bytes', async () => {
    const save = await renderLimits();
    const field = screen.getByLabelText('Speed limit');
    fireEvent.change(field, { target: { value: '8' } });
    await waitFor(() => expect(save).toHaveBeenCalledWith({ limitMbit: 8 }));
    expect(screen.getByText(/That is 1\.0 MB\/s/)).toBeTruthy();
  });

  it('explains what cannot be one, and changes nothing', async () => {
    const save = await renderLimits();
    fireEvent.change(screen.getByLabelText('Speed limit'), { target: { value: '0' } });
    expect(await screen.findByText(/To send nothing, pause everything/)).toBeTruthy();
    expect(save).not.toHaveBeenCalled();
  });

  it('is taken back by emptying the field', async () => {
    const save = await renderLimits('limited');
    fireEvent.change(screen.getByLabelText('Speed limit'), { target: { value: '' } });
    await waitFor(() => expect(save).toHaveBeenCalledWith({ limitMbit: null }));
  });
});

it('gives way by a switch', async () => {
  const save = await renderLimits();
  fireEvent.click(screen.getByRole('switch', { name: /Give way to video calls/ }));
  await waitFor(() => expect(save).toHaveBeenCalledWith({ givesWay: true }));
});

describe('the schedule', () => {
  it('begins with one click', async () => {
    const save = await renderLimits();
    expect(screen.getByText('no limit', { selector: '.limit-now *' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /Only at night/ }));
    await waitFor(() => expect(save).toHaveBeenCalledWith({ schedule: [presets['only-at-night']] }));
  });

  it('shows its rules in words, moves and removes them', async () => {
    const save = await renderLimits('limited');
    const [work, weekend] = screen.getAllByRole('listitem');
    expect(work?.textContent).toContain('Monday to Friday');
    expect(weekend?.textContent).toContain('on the next day');
    fireEvent.click(within(work!).getByRole('button', { name: 'Move down' }));
    await waitFor(() => expect(save).toHaveBeenCalledTimes(1));
    expect(save.mock.calls[0]?.[0].schedule?.map(({ mbit }) => mbit)).toEqual([0, 5]);
    fireEvent.click(within(weekend!).getByRole('button', { name: 'Remove from schedule' }));
    await waitFor(() => expect(save).toHaveBeenCalledTimes(2));
    expect(save.mock.calls[1]?.[0].schedule).toHaveLength(1);
  });

  it('changes the days and the effect of a rule', async () => {
    const save = await renderLimits('limited');
    fireEvent.click(screen.getByRole('button', { name: /Monday to Friday/ }));
    fireEvent.click(await screen.findByRole('button', { name: 'Friday' }));
    await waitFor(() => expect(save).toHaveBeenCalledTimes(1));
    expect(save.mock.calls[0]?.[0].schedule?.[0]?.days).toEqual([1, 2, 3, 4]);
    fireEvent.click(screen.getByRole('radio', { name: 'Send nothing' }));
    await waitFor(() => expect(save).toHaveBeenCalledTimes(2));
    expect(save.mock.calls[1]?.[0].schedule?.[0]?.mbit).toBe(0);
  });
});
