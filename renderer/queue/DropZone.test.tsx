import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { DropZone } from './DropZone.tsx';

afterEach(cleanup);

const files = [new File(['a'], 'video_1.mp4'), new File(['b'], 'video_2.mp4')];
const carrying = { files, types: ['Files'], items: files.map(() => ({ kind: 'file' })), dropEffect: 'none' };

async function renderZone() {
  const onFiles = vi.fn<(dropped: readonly File[]) => void>();
  await renderInWindow(
    <DropZone destinationName="aulas" onFiles={onFiles}>
      <p>content</p>
    </DropZone>,
  );
  return onFiles;
}

it('hands over the very Files that were dropped, wherever in the window', async () => {
  const onFiles = await renderZone();
  fireEvent.drop(screen.getByText('content'), { dataTransfer: carrying });
  expect(onFiles.mock.calls[0]?.[0]).toEqual(files);
  expect(onFiles.mock.calls[0]?.[0][0]).toBe(files[0]);
});

it('says where they go and how many they are while they hover', async () => {
  await renderZone();
  fireEvent.dragEnter(screen.getByText('content'), { dataTransfer: carrying });
  expect(screen.getByText('aulas')).toBeTruthy();
  expect(screen.getByText('2 files')).toBeTruthy();
  act(() => void fireEvent.dragLeave(screen.getByText('content'), { dataTransfer: carrying }));
  expect(screen.queryByText('2 files')).toBeNull();
});

it('leaves a dragged piece of text alone', async () => {
  const onFiles = await renderZone();
  const text = { files: [], types: ['text/plain'], items: [{ kind: 'string' }] };
  fireEvent.dragEnter(window, { dataTransfer: text });
  fireEvent.drop(window, { dataTransfer: text });
  expect(screen.queryByText('aulas')).toBeNull();
  expect(onFiles).not.toHaveBeenCalled();
});
