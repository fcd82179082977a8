import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RemessaApi } from '../shared/remessa-api.ts';
import { App } from './App.tsx';
import { connectBridge } from './bridge.ts';
import { createFakeRemessa } from './dev/fake-remessa.ts';
import { giveElementsSize } from './dev/give-elements-size.ts';
import { createServices } from './state/services.tsx';

afterEach(cleanup);

function renderApp(scenario: string, api: Partial<RemessaApi> = {}) {
  giveElementsSize();
  const fake = createFakeRemessa(scenario, new URLSearchParams({ locale: 'pt-BR' }));
  render(<App services={createServices(connectBridge({ ...fake, ...api }))} />);
}

describe('first run', () => {
  it('goes from the question to the list with one click on the practice bucket', async () => {
    renderApp('first-run');
    expect(await screen.findByTestId('first-run')).toBeTruthy();
    expect(document.documentElement.lang).toBe('pt-BR');
    fireEvent.click(screen.getByRole('button', { name: /bucket de treino/ }));
    expect(await screen.findByTestId('drop-zone')).toBeTruthy();
    expect(screen.getByText('Arraste seus vídeos para cá')).toBeTruthy();
  });

  it('fills the form from a pasted block, tests, and saves only what passed', async () => {
    const saveDestination = vi.fn<RemessaApi['saveDestination']>(async () => ({ ok: true, value: { id: 'd-1' } }));
    renderApp('first-run', { saveDestination });
    fireEvent.click(await screen.findByRole('button', { name: /Cloudflare R2/ }));
    const text = [
      'R2_ACCOUNT_ID=0123456789abcdef0123456789abcdef',
      'R2_ACCESS_KEY_ID=AKIDEXAMPLE',
      'R2_SECRET_ACCESS_KEY=abcdefghijklmnop',
      'R2_BUCKET_NAME=aulas',
    ].join('\n');
    fireEvent.paste(screen.getByLabelText('Bucket'), { clipboardData: { getData: () => text } });
    expect(screen.getByLabelText<HTMLInputElement>('Bucket').value).toBe('aulas');
    fireEvent.click(screen.getByRole('button', { name: 'Salvar' }));
    await waitFor(() => expect(saveDestination).toHaveBeenCalled(), { timeout: 3000 });
    expect(saveDestination).toHaveBeenCalledWith({
      id: null,
      keep: 'keychain',
      importId: null,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'abcdefghijklmnop', sessionToken: null },
      draft: expect.objectContaining({ kind: 'r2', bucket: 'aulas', name: 'aulas', endpoint: null }),
    });
  });

  it('names the fields to mend instead of testing', async () => {
    const testDestination = vi.fn<RemessaApi['testDestination']>();
    renderApp('first-run', { testDestination });
    fireEvent.click(await screen.findByRole('button', { name: /Cloudflare R2/ }));
    expect(screen.queryByText('Falta preencher.')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Testar conexão' }));
    expect(await screen.findAllByText('Falta preencher.')).toHaveLength(4);
    expect(testDestination).not.toHaveBeenCalled();
  });

  it('offers this session only where there is no keychain', async () => {
    renderApp('no-keychain');
    fireEvent.click(await screen.findByRole('button', { name: /Amazon S3/ }));
    expect(screen.getByRole('button', { name: 'Usar só nesta sessão' })).toBeTruthy();
  });
});

describe('main view', () => {
  it('says the trouble of a destination once, with the button that mends it', async () => {
    renderApp('failing');
    const banner = await screen.findByTestId('banner');
    expect(banner.textContent).toContain('A chave de acesso foi recusada');
    expect(banner.textContent).toContain('3 vídeos esperam na fila');
    fireEvent.click(screen.getByRole('button', { name: 'Trocar a chave' }));
    expect(await screen.findByLabelText('Chave secreta')).toBeTruthy();
  });

  it('lists the files that did not enter, each with its reason', async () => {
    renderApp('empty');
    await screen.findByTestId('drop-zone');
    const files = [new File(['a'], 'video_1.mp4'), new File(['b'], 'notas.txt'), new File([''], 'vazio.mp4')];
    fireEvent.drop(window, { dataTransfer: { files, types: ['Files'], items: [] } });
    const refused = await screen.findByTestId('refused');
    expect(refused.textContent).toContain('2 arquivos não entraram');
    expect(refused.textContent).toContain('notas.txt');
    expect(await screen.findByRole('row', { name: /video_1.mp4/ })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Dispensar' }));
    expect(screen.queryByTestId('refused')).toBeNull();
  });

  it('asks before quitting and answers', async () => {
    const answerQuit = vi.fn<RemessaApi['answerQuit']>(async () => ({ ok: true, value: null }));
    renderApp('one', { answerQuit });
    await screen.findByTestId('drop-zone');
    fireEvent(window, new Event('fake-quit'));
    expect(await screen.findByText('Sair do Remessa?')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Continuar enviando' }));
    await waitFor(() => expect(answerQuit).toHaveBeenCalledWith('stay'));
  });

  it('Ctrl+O adds, Ctrl+comma opens the settings', async () => {
    const chooseFiles = vi.fn<RemessaApi['chooseFiles']>(async () => ({
      ok: true,
      value: { addedIds: [], known: [], refused: [], leftOut: 0, keyMap: null },
    }));
    renderApp('one', { chooseFiles });
    await screen.findByTestId('drop-zone');
    fireEvent.keyDown(window, { key: 'o', ctrlKey: true });
    expect(chooseFiles).toHaveBeenCalled();
    fireEvent.keyDown(window, { key: ',', ctrlKey: true });
    expect(await screen.findByRole('dialog', { name: 'Ajustes' })).toBeTruthy();
  });
});
