import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { SendingSettings } from './SendingSettings.tsx';

afterEach(cleanup);

async function choose(field: RegExp, option: string) {
  fireEvent.click(screen.getByRole('button', { name: field }));
  fireEvent.click(await screen.findByRole('option', { name: option }));
}

it('keeps the fine-tuning closed, and follows the link by itself', async () => {
  await renderInWindow(<SendingSettings />);
  const more = screen.getByRole('button', { name: 'Fine-tuning' });
  expect(more.getAttribute('aria-expanded')).toBe('false');
  fireEvent.click(more);
  expect(screen.getByRole('button', { name: /Automatic Parts at the same time/ })).toBeTruthy();
});

it('takes a proxy only when its address can be one', async () => {
  const savePreferences = vi.fn<RemessaApi['savePreferences']>(async () => ({ ok: true, value: null }));
  await renderInWindow(<SendingSettings />, { api: { savePreferences } });
  await choose(/Proxy/, 'Another address');
  const field = await screen.findByLabelText('Address of the proxy');
  fireEvent.change(field, { target: { value: 'proxy.example.com' } });
  fireEvent.blur(field);
  expect(await screen.findByText(/with the port at the end/)).toBeTruthy();
  expect(savePreferences).not.toHaveBeenCalled();
  fireEvent.change(field, { target: { value: 'http://proxy.example.com:3128' } });
  await waitFor(() => expect(savePreferences).toHaveBeenCalledWith({ proxy: 'http://proxy.example.com:3128' }));
  expect(screen.queryByText(/with the port at the end/)).toBeNull();
});
