import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { DestinationSettings } from './DestinationSettings.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';

afterEach(cleanup);

type Removal = RemessaApi['removeDestination'];
const accepting = () => vi.fn<Removal>(async () => ({ ok: true, value: null }));

async function renderList(api: Partial<RemessaApi> = {}, scenario = 'destinations') {
  const onOpenPanel = vi.fn<(panel: unknown) => void>();
  await renderInWindow(<DestinationSettings />, { scenario, api, onOpenPanel });
  return onOpenPanel;
}

const item = (id: string) => screen.getByTestId(`destination-${id}`);

async function choose(name: string, action: string | RegExp) {
  fireEvent.click(screen.getByRole('button', { name: `More actions for ${name}` }));
  fireEvent.click(await screen.findByRole('menuitem', { name: action }));
}

describe('a destination', () => {
  it('says what it is, where it is, and how its key is', async () => {
    await renderList();
    expect(item('d-r2').textContent).toContain('Default');
    expect(item('d-s3').textContent).toContain('Amazon S3 · ensinalab-arquivo/aulas · key saved ••••\u00a0Q7XA');
    expect(item('d-minio').textContent).toContain('the key is missing');
    expect(item('d-disk').textContent).toContain('/media/ana/HD-Aulas/Remessa · up to 500');
  });

  it('becomes the default', async () => {
    await renderList();
    fireEvent.click(screen.getByRole('button', { name: 'Make default: Arquivo na AWS' }));
    await waitFor(() => expect(item('d-s3').textContent).toContain('Default'));
    expect(item('d-r2').textContent).not.toContain('Default');
  });

  it('is renamed by Enter, and not by Esc', async () => {
    const renameDestination = vi.fn<RemessaApi['renameDestination']>(async () => ({ ok: true, value: null }));
    await renderList({ renameDestination });
    fireEvent.click(screen.getByRole('button', { name: 'Rename Arquivo na AWS' }));
    const field = screen.getByRole('textbox', { name: 'New name of Arquivo na AWS' });
    await waitFor(() => expect(document.activeElement).toBe(field));
    fireEvent.change(field, { target: { value: '  Arquivo  ' } });
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(renameDestination).not.toHaveBeenCalled();
    await choose('Arquivo na AWS', 'Rename');
    fireEvent.change(await screen.findByRole('textbox'), { target: { value: ' Arquivo ' } });
    // Enter ends here: in a browser it would press the pencil, which has the focus by then, and open the field again.
    expect(fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter' })).toBe(false);
    expect(renameDestination).toHaveBeenCalledExactlyOnceWith('d-s3', 'Arquivo');
    // The keyboard goes on where it was.
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Rename Arquivo na AWS' }));
  });

  it('Esc ends the renaming, and not the settings around it', async () => {
    const onClose = vi.fn<() => void>();
    await renderInWindow(<SettingsDialog place="destinations" onClose={onClose} />, { scenario: 'destinations' });
    fireEvent.click(screen.getByRole('button', { name: 'Rename Arquivo na AWS' }));
    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Escape' });
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(onClose).not.toHaveBeenCalled();
  });

  it('keeps its name when nothing is typed', async () => {
    const renameDestination = vi.fn<RemessaApi['renameDestination']>();
    await renderList({ renameDestination });
    fireEvent.click(screen.getByRole('button', { name: 'Rename Arquivo na AWS' }));
    fireEvent.change(screen.getByRole('textbox'), { target: { value: '   ' } });
    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter' });
    expect(renameDestination).not.toHaveBeenCalled();
  });

  it('gets a copy of everything new, and can be told to stop', async () => {
    await renderList();
    expect(screen.getByText(/as a copy to a second one/)).toBeTruthy();
    await choose('Arquivo na AWS', 'Also send a copy here');
    await waitFor(() => expect(item('d-s3').textContent).toContain('Copy'));
    await choose('Arquivo na AWS', 'Stop sending copies here');
    await waitFor(() => expect(item('d-s3').textContent).not.toContain('Copy'));
    // The default already gets everything.
    fireEvent.click(screen.getByRole('button', { name: 'More actions for ensinalab-videos' }));
    await screen.findByRole('menuitem', { name: 'Rename' });
    expect(screen.queryByRole('menuitem', { name: /copy/ })).toBeNull();
  });

  it('is edited and cared for in panels of their own', async () => {
    const onOpenPanel = await renderList();
    fireEvent.click(screen.getByRole('button', { name: 'Edit HD da sala de aula' }));
    expect(onOpenPanel).toHaveBeenLastCalledWith({ kind: 'edit-destination', id: 'd-disk', changesKey: false });
    fireEvent.click(screen.getByRole('button', { name: 'Care for ensinalab-videos…' }));
    expect(onOpenPanel).toHaveBeenLastCalledWith({ kind: 'destination', id: 'd-r2', tab: 'check' });
  });
});

describe('removing', () => {
  const yes = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
  const question = () => screen.findByRole('alertdialog');

  it('says what is lost, and only asks where nothing is on its way', async () => {
    const removeDestination = accepting();
    await renderList({ removeDestination });
    await choose('Arquivo na AWS', 'Remove…');
    const dialog = await question();
    expect(dialog.textContent).toContain('new links to these videos can no longer be copied here');
    expect(within(dialog).queryByRole('radio')).toBeNull();
    yes('Remove');
    await waitFor(() => expect(removeDestination).toHaveBeenCalledWith('d-s3', { pending: 'none' }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  });

  it('sends what is on its way to another destination', async () => {
    const removeDestination = accepting();
    await renderList({ removeDestination });
    await choose('ensinalab-videos', 'Remove…');
    expect((await question()).textContent).toContain('6 videos have not arrived there yet');
    fireEvent.click(screen.getByRole('button', { name: /Another destination/ }));
    fireEvent.click(await screen.findByRole('option', { name: 'HD da sala de aula' }));
    yes('Remove');
    await waitFor(() => expect(removeDestination).toHaveBeenCalledWith('d-r2', { pending: 'move', to: 'd-disk' }));
  });

  it('cancels what is on its way, and where the server does not confirm it, may leave the rest to it', async () => {
    const removeDestination = vi
      .fn<Removal>()
      .mockResolvedValueOnce({ ok: false, error: { code: 'destination-busy' } })
      .mockResolvedValueOnce({ ok: true, value: null });
    await renderList({ removeDestination });
    await choose('ensinalab-videos', 'Remove…');
    fireEvent.click(await screen.findByRole('radio', { name: /Cancel the uploads/ }));
    yes('Remove');
    expect(await screen.findByText('The server has not confirmed yet')).toBeTruthy();
    expect(removeDestination).toHaveBeenLastCalledWith('d-r2', { pending: 'cancel' });
    expect(screen.queryByRole('radio')).toBeNull();
    yes('Remove anyway');
    await waitFor(() => expect(removeDestination).toHaveBeenLastCalledWith('d-r2', { pending: 'forget' }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  });

  it('cannot be answered twice while it works, nor left', async () => {
    let finish: () => void = () => undefined;
    const removeDestination = vi.fn<Removal>(
      () => new Promise((resolve) => (finish = () => resolve({ ok: true, value: null }))),
    );
    await renderList({ removeDestination });
    await choose('Arquivo na AWS', 'Remove…');
    await question();
    yes('Remove');
    expect(await screen.findByText(/20 seconds to confirm/)).toBeTruthy();
    yes('Remove');
    fireEvent.keyDown(screen.getByRole('alertdialog'), { key: 'Escape' });
    expect(removeDestination).toHaveBeenCalledTimes(1);
    expect(screen.getByRole('alertdialog')).toBeTruthy();
    finish();
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  });

  it('offers only to cancel where there is no other destination', async () => {
    const removeDestination = accepting();
    await renderList({ removeDestination }, 'only-one');
    await choose('ensinalab-videos', 'Remove…');
    await question();
    expect(screen.getAllByRole('radio')).toHaveLength(1);
    yes('Remove');
    await waitFor(() => expect(removeDestination).toHaveBeenCalledWith('d-r2', { pending: 'cancel' }));
  });

  it('says why it was refused', async () => {
    const removeDestination = vi.fn<Removal>(async () => ({ ok: false, error: { code: 'journal-unwritable' } }));
    await renderList({ removeDestination });
    await choose('Arquivo na AWS', 'Remove…');
    await question();
    yes('Remove');
    expect((await screen.findByTestId('toast')).textContent).toContain('disk cannot be written to');
    expect(screen.queryByRole('alertdialog', { name: /Remove the destination/ })).toBeNull();
  });
});
