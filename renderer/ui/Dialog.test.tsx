import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

afterEach(cleanup);

/** A button that cannot be pressed twice, or is not there any more. */
function Once({ isGone }: { readonly isGone: boolean }) {
  const [isDone, setDone] = useState(false);
  if (isDone && isGone) return <p>done</p>;
  return (
    <Button isDisabled={isDone} onPress={() => setDone(true)}>
      Do it
    </Button>
  );
}

it.each([true, false])('is closed by Esc, too, after a button in it that had the focus is gone: %s', async (isGone) => {
  const onClose = vi.fn<() => void>();
  render(
    <Dialog title="Care" closeLabel="Close" onClose={onClose}>
      <Once isGone={isGone} />
    </Dialog>,
  );
  const button = screen.getByRole('button', { name: 'Do it' });
  button.focus();
  fireEvent.click(button);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('dialog')));
  fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
  expect(onClose).toHaveBeenCalledOnce();
});
