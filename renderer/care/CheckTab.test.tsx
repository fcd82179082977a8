import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CheckResult, DoctorReport } from '../../shared/doctor.ts';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import { disk, r2 } from '../dev/fake-destinations.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import type { DestinationTab } from '../state/panels.tsx';
import { CareDialog } from './CareDialog.tsx';

afterEach(cleanup);

const check = (name: CheckResult['name'], more: Partial<CheckResult> = {}): CheckResult => ({
  name,
  state: 'passed',
  problem: null,
  error: null,
  permission: null,
  facts: {},
  tookMs: 5,
  ...more,
});

/** A doctor that does what the test says. */
function createDoctor() {
  let tell: (report: DoctorReport) => void = () => undefined;
  let end: (report: DoctorReport) => void = () => undefined;
  const stopDoctor = vi.fn<RemessaApi['stopDoctor']>(async () => ({ ok: true, value: null }));
  const runDoctor = vi.fn<RemessaApi['runDoctor']>(
    () => new Promise((resolve) => (end = (value) => resolve({ ok: true, value }))),
  );
  const onDoctorChanged: RemessaApi['onDoctorChanged'] = (listener) => {
    tell = listener;
    return () => (tell = () => undefined);
  };
  const reportOf = (revision: number, checks: readonly CheckResult[], more: Partial<DoctorReport> = {}) => ({
    revision,
    destinationId: 'd-r2',
    state: 'running' as const,
    checks,
    isCleanedUp: false,
    ...more,
  });
  return {
    api: { runDoctor, stopDoctor, onDoctorChanged },
    tells: (...report: Parameters<typeof reportOf>) => act(() => tell(reportOf(...report))),
    ends: (revision: number, checks: readonly CheckResult[], more: Partial<DoctorReport> = {}) =>
      act(async () => end(reportOf(revision, checks, { state: 'done', isCleanedUp: true, ...more }))),
  };
}

async function openCare(api: Partial<RemessaApi>, info = r2, tab: DestinationTab = 'check') {
  const onOpenPanel = vi.fn<(panel: unknown) => void>();
  const onClose = vi.fn<() => void>();
  const drawn = await renderInWindow(<CareDialog info={info} tab={tab} onClose={onClose} />, {
    scenario: 'destinations',
    api,
    onOpenPanel,
  });
  return { onOpenPanel, ...drawn };
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const item = (name: CheckResult['name']) => screen.getByTestId(`check-${name}`);

describe('the check', () => {
  it('is followed step by step, and ignores what another destination or an older report says', async () => {
    const { api, tells } = createDoctor();
    await openCare(api);
    press('Check now');
    expect(api.runDoctor).toHaveBeenCalledWith('d-r2');
    tells(2, [check('dns'), check('put', { state: 'running' }), check('get', { state: 'waiting' })]);
    expect(screen.getByText('Checking: 1 of 3')).toBeTruthy();
    expect(item('dns').textContent).toContain('fine');
    expect(item('put').textContent).toContain('checking');
    tells(3, [check('dns', { state: 'failed' })], { destinationId: 'd-s3' });
    tells(1, [check('dns', { state: 'waiting' })]);
    expect(screen.getByText('Checking: 1 of 3')).toBeTruthy();
    tells(4, [check('dns'), check('put'), check('get', { state: 'running' })]);
    expect(screen.getByText('Checking: 2 of 3')).toBeTruthy();
  });

  it('ends with a summary, and says that it has cleaned up', async () => {
    const { api, ends } = createDoctor();
    await openCare(api);
    press('Check now');
    await ends(9, [check('dns'), check('put')]);
    expect(screen.getByText('Everything works')).toBeTruthy();
    expect(screen.getByText(/The test file was deleted/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Check again' })).toBeTruthy();
  });

  it('says when something may have stayed behind', async () => {
    const { api, ends } = createDoctor();
    await openCare(api);
    press('Check now');
    await ends(9, [check('dns')], { isCleanedUp: false });
    expect(screen.getByText(/may still be there: its name begins with/)).toBeTruthy();
  });

  it('puts first what is to be done, with cause, remedy, state in words and the button that mends it', async () => {
    const { api, ends } = createDoctor();
    const { onOpenPanel } = await openCare(api);
    press('Check now');
    await ends(9, [
      check('dns'),
      check('cors', { state: 'warned', problem: 'cors-missing' }),
      check('credentials', { state: 'failed', error: { code: 'credentials-rejected', detail: 'HTTP 403' } }),
      check('put', { state: 'skipped' }),
    ]);
    expect(screen.getByText('1 thing keeps uploads from working')).toBeTruthy();
    const shown = screen.getAllByTestId(/^check-/).map((element) => element.dataset['testid']);
    expect(shown).toEqual(['check-credentials', 'check-cors', 'check-dns', 'check-put']);
    const failed = item('credentials');
    expect(failed.textContent).toContain('failed');
    expect(failed.textContent).toContain('The access key was rejected.');
    fireEvent.click(within(failed).getByRole('button', { name: 'Change the key' }));
    expect(onOpenPanel).toHaveBeenCalledWith({ kind: 'edit-destination', id: 'd-r2', changesKey: true });
    fireEvent.click(within(item('cors')).getByRole('button', { name: 'Let sites play' }));
    expect(await screen.findByText('Who may now')).toBeTruthy();
  });

  it('names the permission that is missing, and copies the details', async () => {
    const { api, ends } = createDoctor();
    const copyDetails = vi.fn<RemessaApi['copyDetails']>(async () => ({ ok: true, value: null }));
    await openCare({ ...api, copyDetails });
    press('Check now');
    await ends(9, [
      check('delete', {
        state: 'failed',
        error: { code: 'access-denied', detail: 'HTTP 403 · request 81AC' },
        permission: 's3:DeleteObject',
      }),
    ]);
    expect(item('delete').textContent).toContain('s3:DeleteObject');
    press('Copy details: Delete');
    await waitFor(() => expect(copyDetails.mock.calls[0]?.[0]).toContain('HTTP 403 · request 81AC'));
    press('Copy report');
    expect(await screen.findByText('Report copied')).toBeTruthy();
    expect(copyDetails.mock.calls[1]?.[0]).toMatch(/^Remessa 0\.1\.0 · check of "ensinalab-videos"/);
  });

  it('adds the rule that clears up, or says why it could not', async () => {
    const { api, ends } = createDoctor();
    const addLifecycleRule = vi
      .fn<RemessaApi['addLifecycleRule']>()
      .mockResolvedValueOnce({ ok: false, error: { code: 'access-denied' } })
      .mockResolvedValueOnce({ ok: true, value: null });
    await openCare({ ...api, addLifecycleRule });
    press('Check now');
    await ends(9, [check('lifecycle', { state: 'warned', problem: 'lifecycle-missing' })]);
    expect(screen.getByText('Works; 1 thing to look at')).toBeTruthy();
    press('Add the rule');
    expect(await screen.findByTestId('toast')).toBeTruthy();
    // The refusal is told before the button can be pressed again.
    await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Add the rule' }).disabled).toBe(false));
    press('Add the rule');
    expect(await screen.findByText(/^Rule added/)).toBeTruthy();
    expect(addLifecycleRule).toHaveBeenCalledWith('d-r2');
    expect(screen.queryByRole('button', { name: 'Add the rule' })).toBeNull();
  });

  it('can be stopped, and does not say then that everything works', async () => {
    const { api, tells, ends } = createDoctor();
    await openCare(api);
    press('Check now');
    tells(1, [check('dns', { state: 'running' })]);
    press('Stop');
    expect(api.stopDoctor).toHaveBeenCalledTimes(1);
    await ends(2, [check('dns', { state: 'skipped' })], { state: 'stopped' });
    expect(screen.getByText('The check stopped before its end')).toBeTruthy();
  });

  it('goes on while another tab is looked at, and ends with the dialog', async () => {
    const { api, tells } = createDoctor();
    const { unmount } = await openCare(api);
    press('Check now');
    tells(1, [check('dns', { state: 'running' })]);
    fireEvent.click(screen.getByRole('tab', { name: 'Unfinished' }));
    await screen.findByText(/begun and never finished/);
    tells(2, [check('dns'), check('put', { state: 'running' })]);
    expect(api.stopDoctor).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('tab', { name: 'Check' }));
    expect(await screen.findByText('Checking: 1 of 2')).toBeTruthy();
    unmount();
    expect(api.stopDoctor).toHaveBeenCalledTimes(1);
  });

  it('explains why it could not begin', async () => {
    const { api } = createDoctor();
    const runDoctor = vi.fn<RemessaApi['runDoctor']>(async () => ({ ok: false, error: { code: 'credentials-missing' } }));
    const { onOpenPanel } = await openCare({ ...api, runDoctor });
    press('Check now');
    expect(await screen.findByText(/^The check could not begin/)).toBeTruthy();
    press('Change the key');
    expect(onOpenPanel).toHaveBeenCalledWith({ kind: 'edit-destination', id: 'd-r2', changesKey: true });
    press('Retry');
    expect(runDoctor).toHaveBeenCalledTimes(2);
    await screen.findByText(/^The check could not begin/);
  });
});

it('has the tabs that make sense, and opens the one that was asked for', async () => {
  await openCare({}, r2, 'costs');
  expect(screen.getAllByRole('tab')).toHaveLength(5);
  expect(screen.getByRole('tab', { name: 'Costs' }).getAttribute('aria-selected')).toBe('true');
  cleanup();
  await openCare({}, disk, 'playback');
  expect(screen.getAllByRole('tab').map(({ textContent }) => textContent)).toEqual([
    'Check',
    'Unfinished',
    'Costs',
    'Delete a video',
  ]);
  expect(screen.getByRole('tab', { name: 'Check' }).getAttribute('aria-selected')).toBe('true');
});
