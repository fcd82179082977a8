import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import type { Upload, UploadList } from '../../shared/upload.ts';
import { createSource } from '../dev/fake-answers.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { uploadNamed } from '../dev/scenarios.ts';
import { ReviewDialog } from './ReviewDialog.tsx';

afterEach(cleanup);

const main = { ...uploadNamed(1, 'video_5.mp4', 100), groupId: 'g', keyEditable: true, status: 'paused', uploadedBytes: 0 } as const;
const copy: Upload = { ...main, id: 'copy', destinationId: 'd-s3', key: 'aulas/video_5.mp4' };
const other: Upload = { ...main, id: 'other', groupId: null, name: 'video_6.mp4', key: 'videos/video_6.mp4' };
const done = { ok: true, value: null } as const;
const refused = { ok: false, error: { code: 'journal-unwritable' } } as const;

/** A file that goes to two buckets, of which the second has a prefix; another video has a name already. */
async function review(api: Partial<RemessaApi> = {}) {
  const limit = { mbit: null, until: null, isBySchedule: false };
  const line = { speeds: [], limit, isGivingWay: false, connections: 0 };
  const list = createSource<UploadList>({ revision: 1, uploads: [main, copy, other], destinations: [], line, setAside: 0 });
  const rename = (id: string, key: string) =>
    list.change({ uploads: list.get().uploads.map((upload) => (upload.id === id ? { ...upload, key } : upload)) });
  const calls: string[] = [];
  const said = (what: string) => {
    calls.push(what);
    return done;
  };
  const onEnd = vi.fn<(ids: readonly string[]) => void>();
  await renderInWindow(<ReviewDialog ids={[main.id, copy.id]} onEnd={onEnd} />, {
    scenario: 'destinations',
    api: {
      getUploads: async () => ({ ok: true, value: list.get() }),
      onUploadsChanged: list.subscribe,
      setKey: async (id, key) => {
        rename(id, key);
        return said(`key ${id} ${key}`);
      },
      setVideoId: async (id, typed) => {
        rename(id, `${id === main.id ? 'videos/' : 'aulas/'}video_${typed}.mp4`);
        return said(`id ${id} ${typed}`);
      },
      resumeUploads: async (ids) => said(`send ${ids.join(' ')}`),
      cancelUploads: async (ids) => said(`cancel ${ids.join(' ')}`),
      ...api,
    },
  });
  return { calls, onEnd };
}

const idField = () => screen.getByRole<HTMLInputElement>('textbox', { name: /^ID of/ });
const nameField = () => screen.getByRole<HTMLInputElement>('textbox', { name: /^Name at/ });
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const soon = () => new Promise((resolve) => setTimeout(resolve, 50));

function type(field: HTMLElement, value: string): void {
  fireEvent.focus(field);
  fireEvent.change(field, { target: { value } });
}

function fill(field: HTMLElement, value: string): void {
  type(field, value);
  fireEvent.blur(field);
}

it('gives a typed name to all destinations of the video, behind the prefix of each', async () => {
  const { calls } = await review();
  fill(nameField(), 'videos/aula.mp4');
  await waitFor(() => expect(calls).toEqual(['key u-1 videos/aula.mp4', 'key copy aulas/videos/aula.mp4']));
});

it('sets an id once: leaving its field again does not undo a name typed since', async () => {
  const { calls } = await review();
  fill(idField(), '42');
  await waitFor(() => expect(nameField().value).toBe('videos/video_42.mp4'));
  fill(nameField(), 'videos/aula.mp4');
  await waitFor(() => expect(calls).toHaveLength(4));
  fill(idField(), '42');
  await soon();
  expect(calls).toEqual(['id u-1 42', 'id copy 42', 'key u-1 videos/aula.mp4', 'key copy aulas/videos/aula.mp4']);
});

/** A refusal is told before the button that asked is no longer pending. */
const canBePressed = (name: string): Promise<void> =>
  waitFor(() => expect(button(name).matches('[data-pending], [aria-disabled=true], :disabled')).toBe(false));

it.each([
  ['taken', 'videos/video_6.mp4', /another video/i],
  ['no name', 'videos/aula', /mp4/i],
])('sends nothing while a name is wrong: %s', async (_, name, words) => {
  const { calls, onEnd } = await review();
  fill(nameField(), name);
  expect(screen.getByText(words, { selector: '.field-problem' })).toBeTruthy();
  expect(button('Send 1 video').disabled).toBe(true);
  fireEvent.click(button('Send 1 video'));
  await soon();
  expect(calls).toEqual([]);
  expect(onEnd).not.toHaveBeenCalled();
  fill(nameField(), 'videos/video_7.mp4');
  expect(button('Send 1 video').disabled).toBe(false);
});

it('sends after what was typed last has been set everywhere, and ends then', async () => {
  const { calls, onEnd } = await review();
  fill(idField(), '42');
  fireEvent.click(button('Send 1 video'));
  await waitFor(() => expect(onEnd).toHaveBeenCalledTimes(1));
  expect(calls).toEqual(['id u-1 42', 'id copy 42', 'send u-1 copy']);
  expect(onEnd).toHaveBeenCalledWith(['u-1', 'copy']);
});

it('sets a name that was refused before it sends, and stays open while it is refused', async () => {
  const setKey = vi.fn<RemessaApi['setKey']>(async () => refused);
  const { calls, onEnd } = await review({ setKey });
  fill(nameField(), 'videos/aula.mp4');
  await waitFor(() => expect(setKey).toHaveBeenCalledTimes(1));
  await soon();
  fireEvent.click(button('Send 1 video'));
  await waitFor(() => expect(setKey).toHaveBeenCalledTimes(2));
  await soon();
  expect(calls).toEqual([]);
  expect(onEnd).not.toHaveBeenCalled();
  setKey.mockResolvedValue(done);
  await canBePressed('Send 1 video');
  fireEvent.click(button('Send 1 video'));
  await waitFor(() => expect(onEnd).toHaveBeenCalledTimes(1));
  expect(calls).toEqual(['send u-1 copy']);
});

it.each([
  ['Send 1 video', 'resumeUploads'],
  ['Take them out', 'cancelUploads'],
] as const)('stays open when it was refused: %s', async (name, command) => {
  const ask = vi.fn<RemessaApi['resumeUploads']>(async () => refused);
  const { onEnd } = await review({ [command]: ask });
  fireEvent.click(button(name));
  await screen.findByTestId('toast');
  expect(ask).toHaveBeenCalledTimes(1);
  expect(onEnd).not.toHaveBeenCalled();
  ask.mockResolvedValue(done);
  await canBePressed(name);
  fireEvent.click(button(name));
  await waitFor(() => expect(onEnd).toHaveBeenCalledTimes(1));
});
