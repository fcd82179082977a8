import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { fakeMigrations } from '../dev/fake-migration.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { MigrationNotice } from './MigrationNotice.tsx';

afterEach(cleanup);

async function draw(name: string) {
  const onOpenPanel = vi.fn<(panel: unknown) => void>();
  const value = fakeMigrations[name]!;
  await renderInWindow(<MigrationNotice />, { api: { getMigration: async () => ({ ok: true, value }) }, onOpenPanel });
  return onOpenPanel;
}

it.each([
  ['copying', 'Bringing in videos: 38 of 248'],
  ['stopped', 'Bringing in videos was stopped before its end'],
  ['failed', 'Bringing in videos was stopped before its end'],
])('says that copies are under way, or stopped: %s', async (name, words) => {
  const onOpenPanel = await draw(name);
  expect(await screen.findByText(words)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Show' }));
  await waitFor(() => expect(onOpenPanel).toHaveBeenCalledWith({ kind: 'migration' }));
});

it.each(['idle', 'planning', 'planned', 'done', 'well', 'no-plan'])('says nothing else: %s', async (name) => {
  await draw(name);
  await Promise.resolve();
  expect(screen.queryByTestId('migration-notice')).toBeNull();
});
