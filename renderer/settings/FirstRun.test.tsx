import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ImportCandidate } from '../../shared/imports.ts';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import { foundImports, importsInFile } from '../dev/fake-imports.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { FirstRun } from './FirstRun.tsx';

afterEach(cleanup);

async function renderFirstRun(api: Partial<RemessaApi> = {}) {
  const saveDestination = vi.fn<RemessaApi['saveDestination']>(async () => ({ ok: true, value: { id: 'd-new' } }));
  const switchDestination = vi.fn<RemessaApi['useDestination']>(async () => ({ ok: true, value: null }));
  const all = { saveDestination, useDestination: switchDestination, ...api };
  await renderInWindow(<FirstRun />, { scenario: 'first-run', api: all });
  return { saveDestination, switchDestination };
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const pressSoon = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }));
const found = (...candidates: readonly ImportCandidate[]): Partial<RemessaApi> => ({
  findImports: async () => ({ ok: true, value: candidates }),
});

describe('this computer', () => {
  it('works with one click, and says where the videos are kept', async () => {
    const addThisComputer = vi.fn<RemessaApi['addThisComputer']>(async () => ({ ok: true, value: { id: 'd-this' } }));
    const { switchDestination } = await renderFirstRun({ addThisComputer });
    press(/This computer.*\/home\/ana\/Vídeos\/Remessa/);
    await waitFor(() => expect(switchDestination).toHaveBeenCalledWith('d-this'));
    expect(addThisComputer).toHaveBeenCalledWith('This computer');
    expect(await screen.findByText('“This computer” is ready')).toBeTruthy();
  });

  it('can be another folder: named after it, with its free space, limit and address', async () => {
    const { saveDestination } = await renderFirstRun();
    press('Choose another folder or disk…');
    expect(await screen.findByText('/media/ana/Videos')).toBeTruthy();
    expect(screen.getByText('412 GB free')).toBeTruthy();
    // A folder is chosen, never typed, and there is no key to type either.
    expect(screen.queryByRole('textbox', { name: /Folder/ })).toBeNull();
    expect(screen.queryByLabelText('Secret access key')).toBeNull();
    fireEvent.change(screen.getByLabelText(/^Limit/), { target: { value: '1.5' } });
    press('Save');
    await waitFor(() => expect(saveDestination).toHaveBeenCalled(), { timeout: 3000 });
    expect(saveDestination.mock.calls[0]?.[0]).toMatchObject({
      id: null,
      credentials: null,
      importId: null,
      draft: { kind: 'disk', name: 'Videos', folder: '/media/ana/Videos', volumeId: null, quotaGB: 1.5 },
    });
  });

  it('stays with the question when no folder is chosen', async () => {
    await renderFirstRun({ chooseFolder: async () => ({ ok: true, value: null }) });
    press('Choose another folder or disk…');
    await Promise.resolve();
    expect(screen.getByText('Where should videos go?')).toBeTruthy();
  });

  it('a folder of the form can be exchanged, and its test speaks of folders', async () => {
    const chooseFolder = vi
      .fn<RemessaApi['chooseFolder']>()
      .mockResolvedValueOnce({ ok: true, value: { folder: '/a', freeBytes: 5e9 } })
      .mockResolvedValueOnce({ ok: true, value: { folder: '/b', freeBytes: 7e9 } });
    await renderFirstRun({ chooseFolder });
    press('Choose another folder or disk…');
    await screen.findByText('/a');
    press('Choose folder…');
    expect(await screen.findByText('/b')).toBeTruthy();
    expect(screen.getByText('7.0 GB free')).toBeTruthy();
    press('Test folder');
    expect(await screen.findByText('The folder is ready', {}, { timeout: 3000 })).toBeTruthy();
    expect(screen.getByText('Find the folder')).toBeTruthy();
  });
});

describe('dropping before there is a destination', () => {
  const files = [new File(['a'], 'video_1.mp4'), new File(['b'], 'notas.txt')];
  const carrying = { files, types: ['Files'], items: files.map(() => ({ kind: 'file' })), dropEffect: 'none' };

  it('says where they would go, hands them over without naming a place, and reports the refused', async () => {
    const addFiles = vi.fn<RemessaApi['addFiles']>(async () => ({
      ok: true,
      value: { addedIds: ['u-1'], known: [], refused: [{ name: 'notas.txt', code: 'not-a-video' }], leftOut: 0, keyMap: null },
    }));
    await renderFirstRun({ addFiles });
    expect(screen.getByText(/they are kept on this computer/)).toBeTruthy();
    fireEvent.dragEnter(window, { dataTransfer: carrying });
    expect(screen.getByText('2 files')).toBeTruthy();
    fireEvent.drop(window, { dataTransfer: carrying });
    expect(screen.queryByText('2 files')).toBeNull();
    await waitFor(() => expect(addFiles).toHaveBeenCalledWith(files, { destinationIds: null, waits: false }));
    expect((await screen.findByTestId('toast')).textContent).toContain('notas.txt');
  });

  it('is not offered while a form is open', async () => {
    const addFiles = vi.fn<RemessaApi['addFiles']>();
    await renderFirstRun({ addFiles });
    press(/Amazon S3/);
    fireEvent.drop(window, { dataTransfer: carrying });
    expect(addFiles).not.toHaveBeenCalled();
  });
});

describe('settings that are here already', () => {
  it('fill the form, and their key goes by its id and never through the window', async () => {
    const testDestination = vi.fn<RemessaApi['testDestination']>();
    const { saveDestination } = await renderFirstRun(found(...foundImports));
    await pressSoon(/Use settings that are here already 3/);
    await pressSoon(/ensinalab-videos.*from the environment.*key •••• ab12/);
    expect(await screen.findByText('key from the environment •••• ab12')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Bucket').value).toBe('ensinalab-videos');
    expect(screen.queryByLabelText('Secret access key')).toBeNull();
    press('Save');
    await waitFor(() => expect(saveDestination).toHaveBeenCalled(), { timeout: 3000 });
    expect(saveDestination.mock.calls[0]?.[0]).toMatchObject({ id: null, importId: 'i-1', credentials: null });
    expect(testDestination).not.toHaveBeenCalled();
  });

  it('give way to a typed key, and come back', async () => {
    const testDestination = vi.fn<RemessaApi['testDestination']>(async () => ({ ok: false, error: { code: 'offline' } }));
    await renderFirstRun({ ...found(...foundImports), testDestination });
    press(/Use settings that are here already/);
    await pressSoon(/from the environment/);
    fireEvent.click(await screen.findByRole('button', { name: 'Change the key' }));
    fireEvent.change(screen.getByLabelText('Access key ID'), { target: { value: 'AKIDTYPED' } });
    fireEvent.change(screen.getByLabelText('Secret access key'), { target: { value: 'abcdefghijklmnop' } });
    press('Test connection');
    await waitFor(() => expect(testDestination).toHaveBeenCalledTimes(1));
    expect(testDestination.mock.calls[0]?.[0]).toMatchObject({
      importId: null,
      credentials: { accessKeyId: 'AKIDTYPED' },
    });
    press('Use the key from the environment');
    press('Test connection');
    await waitFor(() => expect(testDestination).toHaveBeenCalledTimes(2));
    expect(testDestination.mock.calls[1]?.[0]).toMatchObject({ importId: 'i-1', credentials: null });
  });

  it('say what is missing, and mark it in the form', async () => {
    await renderFirstRun(found(...foundImports));
    press(/Use settings that are here already/);
    await pressSoon(/profile default.*Missing: bucket/);
    // The region came along; the bucket did not.
    await waitFor(() => expect(screen.getAllByText('Still to be filled in.')).toHaveLength(1));
    expect(screen.getByLabelText('Bucket').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(/Filled in with what came from the profile default/)).toBeTruthy();
  });

  it('say why a key cannot be had, and ask for one', async () => {
    await renderFirstRun(found(...foundImports));
    press(/Use settings that are here already/);
    await pressSoon(/profile escola.*signs in through SSO/);
    expect(await screen.findByLabelText('Secret access key')).toBeTruthy();
    expect(screen.getByText(/signs in through SSO/)).toBeTruthy();
  });

  it('are read from a file; half a key is typed', async () => {
    const { saveDestination } = await renderFirstRun({
      ...found(),
      chooseImportFile: async () => ({ ok: true, value: importsInFile }),
    });
    press('Open a file…');
    const secret = await screen.findByLabelText('Secret access key');
    expect(screen.getByText(/from the file .env/)).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Access key ID'), { target: { value: 'AKIDTYPED' } });
    fireEvent.change(secret, { target: { value: 'abcdefghijklmnop' } });
    press('Save');
    await waitFor(() => expect(saveDestination).toHaveBeenCalled(), { timeout: 3000 });
    expect(saveDestination.mock.calls[0]?.[0]).toMatchObject({
      importId: null,
      credentials: { accessKeyId: 'AKIDTYPED', secretAccessKey: 'abcdefghijklmnop' },
    });
  });

  it('of a file with several are listed to choose from', async () => {
    await renderFirstRun({ ...found(), chooseImportFile: async () => ({ ok: true, value: foundImports }) });
    press('Open a file…');
    expect(await screen.findByRole('button', { name: /from the environment/ })).toBeTruthy();
  });

  it('are not there, which is said', async () => {
    await renderFirstRun({ ...found(), chooseImportFile: async () => ({ ok: false, error: { code: 'settings-incomplete' } }) });
    press(/Use settings that are here already/);
    expect(await screen.findByText(/no settings in the environment/)).toBeTruthy();
    press('Open a file…');
    expect(await screen.findByText('No settings were found in that file')).toBeTruthy();
  });

  it('of a folder go by their id, too: the page may not name paths', async () => {
    const folder = { ...foundImports[0]!, id: 'i-9', kind: 'disk' as const, accessKeyIdHint: null };
    const values = { ...folder.values, bucket: '', folder: '/srv/generated_videos' };
    const { saveDestination } = await renderFirstRun(found({ ...folder, values }));
    press(/Use settings that are here already/);
    await pressSoon(/generated_videos/);
    press('Save');
    await waitFor(() => expect(saveDestination).toHaveBeenCalled(), { timeout: 3000 });
    expect(saveDestination.mock.calls[0]?.[0]).toMatchObject({
      importId: 'i-9',
      credentials: null,
      draft: { folder: '/srv/generated_videos' },
    });
  });
});
