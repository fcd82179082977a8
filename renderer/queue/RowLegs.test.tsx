import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { Upload } from '../../shared/upload.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { uploadNamed } from '../dev/scenarios.ts';
import { rowsOf } from '../state/rows.ts';
import { RowLegs } from './RowLegs.tsx';

afterEach(cleanup);

const base = { ...uploadNamed(1, 'video_5.mp4', 100), groupId: 'g' };
const sent: Upload = { ...base, status: 'completed', completedAt: 1, verification: 'checksum', wasThere: false, localFile: 'kept' };
const copy = { ...base, id: 'copy', destinationId: 'd-disk' };

it.each<[string, Upload]>([
  ['circle-slash', { ...copy, status: 'skipped', existing: null }],
  ['trash-2', { ...copy, status: 'deleted', deletedAt: 1, deletion: 'erased' }],
])('a copy that is not there has a sign of its own: %s', async (icon, leg) => {
  const [row] = rowsOf([sent, leg]);
  if (row === undefined) throw new Error('A row was wanted');
  await renderInWindow(<RowLegs row={row} />);
  const [first, second] = screen.getAllByRole('listitem').map((item) => item.querySelector('svg')?.getAttribute('class'));
  expect(first).toContain('lucide-check');
  expect(second).toContain(`lucide-${icon}`);
});
