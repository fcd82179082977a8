import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { App } from '../App.tsx';
import { connectBridge } from '../bridge.ts';
import { createFakeRemessa } from '../dev/fake-remessa.ts';
import { giveElementsSize } from '../dev/give-elements-size.ts';
import { createServices } from '../state/services.tsx';

afterEach(cleanup);

function renderApp(locale: string) {
  giveElementsSize();
  const fake = createFakeRemessa('destinations', new URLSearchParams({ locale, pace: '1', doctor: 'broken' }));
  render(<App services={createServices(connectBridge(fake))} />);
}

it('opens from the list of destinations, checks, and closes by Esc', async () => {
  renderApp('pt-BR');
  await screen.findByTestId('drop-zone');
  fireEvent.keyDown(window, { key: ',', ctrlKey: true });
  fireEvent.click(await screen.findByRole('button', { name: 'Cuidar de ensinalab-videos…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Cuidar de “ensinalab-videos”' });
  fireEvent.click(within(dialog).getByRole('button', { name: 'Conferir agora' }));
  expect(await screen.findByText('Os envios funcionam, mas 2 coisas não', {}, { timeout: 3000 })).toBeTruthy();
  fireEvent.keyDown(dialog, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('makes room for the form that mends what was found', async () => {
  renderApp('en');
  await screen.findByTestId('drop-zone');
  fireEvent.keyDown(window, { key: ',', ctrlKey: true });
  fireEvent.click(await screen.findByRole('button', { name: 'Care for ensinalab-videos…' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Check now' }));
  await screen.findByText('Uploads work, but 2 things do not', {}, { timeout: 3000 });
  fireEvent.click(within(screen.getByTestId('check-delete')).getByRole('button', { name: 'Change the key' }));
  expect(await screen.findByRole('dialog', { name: 'Edit “ensinalab-videos”' })).toBeTruthy();
  expect(await screen.findByLabelText('Secret access key')).toBeTruthy();
});
