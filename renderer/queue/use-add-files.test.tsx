import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { useAddFiles } from './use-add-files.ts';

afterEach(cleanup);

function Reviewed() {
  const { reviewed, addFiles, endReview } = useAddFiles();
  const drop = (name: string) => addFiles([{ name, size: 1 }], { kind: 'review' });
  return (
    <>
      <output>{reviewed.join(' ')}</output>
      <button type="button" onClick={() => drop('video_1.mp4')}>
        first
      </button>
      <button type="button" onClick={() => drop('video_2.mp4')}>
        second
      </button>
      <button type="button" onClick={() => endReview(['video_1.mp4'])}>
        end
      </button>
    </>
  );
}

it('lets what is dropped during a review join the batch', async () => {
  await renderInWindow(<Reviewed />);
  const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole('button', { name })));
  await press('first');
  await press('second');
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('video_1.mp4 video_2.mp4'));
  // Those that joined while the first were being sent stay under review.
  await press('end');
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('video_2.mp4'));
});
