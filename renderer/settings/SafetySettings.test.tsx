import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { GeneralSettings } from './GeneralSettings.tsx';
import { SafetySettings } from './SafetySettings.tsx';

afterEach(cleanup);

async function renderSafety() {
  const savePreferences = vi.fn<RemessaApi['savePreferences']>(async () => ({ ok: true, value: null }));
  await renderInWindow(<SafetySettings />, { api: { savePreferences } });
  return savePreferences;
}

it('says when and where videos are kept safe, and can be told never to', async () => {
  const savePreferences = await renderSafety();
  expect(screen.getByText(/kept in \/home\/ana\/Vídeos\/Remessa Guardados/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: /After 10 min.*Keep videos safe/ }));
  fireEvent.click(await screen.findByRole('option', { name: 'Never' }));
  await waitFor(() => expect(savePreferences).toHaveBeenCalledWith({ holdAfterMinutes: null }));
});

it('leaves files alone until somebody says otherwise', async () => {
  const savePreferences = await renderSafety();
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /Stay where they are/ }).checked).toBe(true);
  expect(screen.getByText(/only when the video is sent and verified/)).toBeTruthy();
  fireEvent.click(screen.getByRole('radio', { name: /after 24 hours.*suggested/ }));
  await waitFor(() => expect(savePreferences).toHaveBeenCalledWith({ removeLocalAfterHours: 24 }));
});

it('exports the settings, and says under which name', async () => {
  const exportSettings = vi.fn<RemessaApi['exportSettings']>(async () => ({ ok: true, value: 'escola.json' }));
  await renderInWindow(<GeneralSettings />, { api: { exportSettings } });
  expect(screen.getByText(/without any key/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Export…' }));
  expect(await screen.findByText('Settings saved as escola.json')).toBeTruthy();
});

it('says nothing when the person thought better of exporting', async () => {
  const exportSettings = vi.fn<RemessaApi['exportSettings']>(async () => ({ ok: true, value: null }));
  await renderInWindow(<GeneralSettings />, { api: { exportSettings } });
  fireEvent.click(screen.getByRole('button', { name: 'Export…' }));
  await waitFor(() => expect(exportSettings).toHaveBeenCalled());
  expect(screen.queryByTestId('toast')).toBeNull();
});
