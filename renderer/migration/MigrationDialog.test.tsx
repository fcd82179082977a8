import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MigrationState } from '../../shared/migration.ts';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import { fakeMigrations } from '../dev/fake-migration.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { MigrationDialog } from './MigrationDialog.tsx';

afterEach(cleanup);

type Api = Partial<RemessaApi>;

interface Options {
  readonly api?: Api;
  readonly locale?: 'en' | 'pt-BR';
  readonly scenario?: string;
  readonly changes?: Partial<MigrationState>;
}

async function open(name: string, { api = {}, locale = 'en', scenario = 'destinations', changes = {} }: Options = {}) {
  let tell: (state: MigrationState) => void = () => undefined;
  const state = { ...fakeMigrations[name]!, ...changes };
  const onOpenPanel = vi.fn<(panel: unknown) => void>();
  const fresh: Api = {
    getMigration: async () => ({ ok: true, value: state }),
    onMigrationChanged: (listener) => {
      tell = listener;
      return () => undefined;
    },
    ...api,
  };
  await renderInWindow(<MigrationDialog onClose={() => undefined} />, { scenario, locale, api: fresh, onOpenPanel });
  return { onOpenPanel, tell: (next: Partial<MigrationState>) => tell({ ...state, ...next, revision: 99 }) };
}

function slowPlan() {
  type Reply = Awaited<ReturnType<RemessaApi['planMigration']>>;
  let answer: (reply: Reply) => void = () => undefined;
  const planMigration = vi.fn<RemessaApi['planMigration']>(() => new Promise((resolve) => (answer = resolve)));
  return { planMigration, answer: (reply: Reply) => answer(reply) };
}
const ok = async () => ({ ok: true, value: null }) as const;
const betweenTwo = {
  request: { source: { kind: 'destination', id: 'd-s3', prefix: '' }, destinationId: 'd-r2', onDifferent: 'skip' },
  sourceName: 'Arquivo na AWS',
} as const;
async function choose(label: string, name: string, missing: readonly string[] = []) {
  fireEvent.click(button(new RegExp(` ${label}$`)));
  const option = await screen.findByRole('option', { name });
  for (const other of missing) expect(screen.queryByRole('option', { name: other })).toBeNull();
  fireEvent.click(option);
}
const button = (name: RegExp | string) => screen.getByRole<HTMLButtonElement>('button', { name });
const numbers = () =>
  screen.getAllByTestId(/^count-/).map((cell) => `${cell.querySelector('dt')?.textContent} ${cell.querySelector('dd')?.textContent}`);

describe('the form', () => {
  it('wants a folder first, and plans from it to the destination in use', async () => {
    const planMigration = vi.fn<RemessaApi['planMigration']>(ok);
    const chooseMigrationFolder = vi.fn<RemessaApi['chooseMigrationFolder']>(ok);
    const { tell } = await open('idle', { api: { planMigration, chooseMigrationFolder } });
    expect((await screen.findByText('No folder chosen yet')).isConnected).toBe(true);
    expect(button('Make the plan').disabled).toBe(true);
    fireEvent.click(button('Choose folder…'));
    expect(chooseMigrationFolder).toHaveBeenCalledOnce();
    tell({ folderName: 'Aulas' });
    expect(await screen.findByText('Aulas')).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: /Send under another name/ }));
    fireEvent.click(button('Make the plan'));
    await waitFor(() => expect(planMigration).toHaveBeenCalledOnce());
    expect(planMigration.mock.calls[0]?.[0]).toEqual({ source: { kind: 'folder' }, destinationId: 'd-r2', onDifferent: 'rename' });
  });

  it('plans from another destination, and never from one into itself', async () => {
    const planMigration = vi.fn<RemessaApi['planMigration']>(ok);
    await open('idle', { api: { planMigration } });
    fireEvent.click(await screen.findByRole('radio', { name: /Another destination/ }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Only below' }), { target: { value: 'curso-1/' } });
    fireEvent.click(button('Make the plan'));
    await waitFor(() => expect(planMigration).toHaveBeenCalledOnce());
    const request = planMigration.mock.calls[0]?.[0];
    expect(request).toMatchObject({ source: { kind: 'destination', prefix: 'curso-1/' }, destinationId: 'd-r2' });
    expect(request?.source.kind === 'destination' && request.source.id).not.toBe('d-r2');
  });

  it('does not offer the target as the source, and trades places when the source becomes the target', async () => {
    const planMigration = vi.fn<RemessaApi['planMigration']>(ok);
    await open('idle', { api: { planMigration } });
    fireEvent.click(await screen.findByRole('radio', { name: /Another destination/ }));
    await choose('Destination to read from', 'Arquivo na AWS', ['ensinalab-videos']);
    await choose('To', 'Arquivo na AWS');
    fireEvent.click(button('Make the plan'));
    await waitFor(() => expect(planMigration).toHaveBeenCalledOnce());
    expect(planMigration.mock.calls[0]?.[0]).toMatchObject({ source: { id: 'd-r2' }, destinationId: 'd-s3' });
  });

  it('with one destination offers no other, and says why', async () => {
    await open('idle', { scenario: 'only-one' });
    expect(await screen.findByText(/There is only one destination/)).toBeTruthy();
    expect(screen.queryByRole('radio', { name: /Another destination/ })).toBeNull();
  });

  it('plans once, also when pressed twice, and again when it was refused', async () => {
    const { planMigration, answer } = slowPlan();
    await open('folder', { api: { planMigration } });
    fireEvent.click(await screen.findByRole('button', { name: 'Make the plan' }));
    fireEvent.click(button('Make the plan'));
    expect(planMigration).toHaveBeenCalledOnce();
    answer({ ok: false, error: { code: 'offline' } });
    await waitFor(() => {
      fireEvent.click(button('Make the plan'));
      expect(planMigration).toHaveBeenCalledTimes(2);
    });
  });

  it('says why a plan could not be made, and opens what mends it', async () => {
    const { onOpenPanel } = await open('no-plan');
    expect((await screen.findByRole('alert')).textContent).toContain('The plan could not be made');
    fireEvent.click(button(/^(Change|Replace).* key/));
    expect(onOpenPanel).toHaveBeenCalledWith({ kind: 'edit-destination', id: 'd-r2', changesKey: true });
  });

  it('offers the destination that was planned to, whatever is chosen by now', async () => {
    const { onOpenPanel } = await open('no-plan');
    await choose('To', 'Arquivo na AWS');
    fireEvent.click(button(/^(Change|Replace).* key/));
    expect(onOpenPanel).toHaveBeenCalledWith({ kind: 'edit-destination', id: 'd-r2', changesKey: true });
  });

  it('between two destinations offers the form of neither, and names both', async () => {
    // It failed before the source had told its name.
    await open('no-plan', { changes: { ...betweenTwo, sourceName: '' } });
    expect((await screen.findByRole('alert')).textContent).toContain('It came from Arquivo na AWS or from ensinalab-videos');
    expect(screen.queryByRole('button', { name: / key/ })).toBeNull();
  });

  it('keeps what was asked for, where it is still there', async () => {
    const source = { kind: 'destination', id: 'gone', prefix: '' } as const;
    await open('no-plan', { changes: { request: { source, destinationId: 'd-r2', onDifferent: 'replace' } } });
    expect((await screen.findByRole<HTMLInputElement>('radio', { name: /^A folder/ })).checked).toBe(true);
  });
});

describe('a plan', () => {
  it('that is being made says how far it is, and can be stopped', async () => {
    const stopMigration = vi.fn<RemessaApi['stopMigration']>(ok);
    await open('planning', { api: { stopMigration } });
    expect((await screen.findByRole('progressbar', { name: 'Looking at Aulas 2019–2025' })).getAttribute('aria-valuenow')).toBe('41.27');
    expect(screen.getByText('4,127 of 10,000 videos')).toBeTruthy();
    fireEvent.click(button('Stop looking'));
    expect(stopMigration).toHaveBeenCalledOnce();
  });

  it('says what would be sent, how long it takes and what it costs, and what needs an eye', async () => {
    const runMigration = vi.fn<RemessaApi['runMigration']>(ok);
    await open('planned', { api: { runMigration } });
    expect(await screen.findByText('Aulas 2019–2025 → ensinalab-videos')).toBeTruthy();
    expect(numbers()).toEqual(['New 9,214', 'There already 703', 'Different 41', 'Unclear 12', 'Not possible 30']);
    expect(screen.getByText(/9,214 videos to send, 5.6 TB/)).toBeTruthy();
    expect(screen.getByText(/a month/).textContent).toContain('ensinalab-videos: $');
    const rows = within(screen.getByRole('region', { name: 'Videos' })).getAllByRole('listitem').map((row) => row.textContent);
    expect(rows[0]).toContain('Curso 2/rascunho.mp4');
    expect(rows[0]).toContain('the file is empty');
    expect(screen.getByText('And 9,993 more. The CSV list has all of them.')).toBeTruthy();
    fireEvent.click(button(/^Send 9,214 videos/));
    expect(runMigration).toHaveBeenCalledOnce();
  });

  it.each([
    ['nothing', 'No videos found', true],
    ['there', 'Everything is there already', false],
  ] as const)('with nothing to send says so: %s', async (name, words, isMapDisabled) => {
    await open(name);
    expect(await screen.findByText(words)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Send/ })).toBeNull();
    expect(button('Save list (CSV)…').disabled).toBe(isMapDisabled);
  });

  it.each([
    ['en', 'Nothing to send', '8 videos stay as they are. The list below says why.', 'Everything is there already'],
    ['pt-BR', 'Nada para enviar', '8 vídeos ficam como estão. A lista abaixo diz por quê.', 'Tudo já está lá'],
  ] as const)('with nothing to send says that not everything is there: %s', async (locale, title, help, allThere) => {
    const { counts } = fakeMigrations['there']!;
    const none = { videos: 0, bytes: 0 };
    const refused = { ...counts, same: none, different: { videos: 5, bytes: 5 }, invalid: { videos: 3, bytes: 0 } };
    await open('there', { locale, changes: { counts: refused, looked: 8, total: 8 } });
    expect(await screen.findByText(title)).toBeTruthy();
    expect(screen.getByText(help)).toBeTruthy();
    expect(screen.queryByText(allThere)).toBeNull();
    expect(document.querySelector('.lucide-circle-check')).toBeNull();
  });

  it('is saved as a list, whose name is said', async () => {
    await open('planned', { api: { saveMigrationMap: async () => ({ ok: true, value: 'aulas.csv' }) } });
    fireEvent.click(await screen.findByRole('button', { name: 'Save list (CSV)…' }));
    expect(await screen.findByText('aulas.csv saved')).toBeTruthy();
  });

  it('gives way to another one when asked', async () => {
    await open('planned');
    fireEvent.click(await screen.findByRole('button', { name: 'Another plan' }));
    expect(button('Make the plan')).toBeTruthy();
  });
});

describe('a run', () => {
  it('says how far it is, and can be stopped', async () => {
    const stopMigration = vi.fn<RemessaApi['stopMigration']>(ok);
    await open('running', { api: { stopMigration } });
    expect(await screen.findByText(/2.5 TB of 5.6 TB · 11.8 MB\/s · about .* · 5,101 videos left/)).toBeTruthy();
    fireEvent.click(button('Stop'));
    expect(stopMigration).toHaveBeenCalledOnce();
  });

  it.each([
    ['planned', /^Send 9,214 videos/],
    ['stopped', 'Continue'],
  ])('begins once, also when pressed twice before it is heard of: %s', async (name, words) => {
    const runMigration = vi.fn<RemessaApi['runMigration']>(ok);
    const { tell } = await open(name, { api: { runMigration } });
    fireEvent.click(await screen.findByRole('button', { name: words }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    fireEvent.click(button(words));
    expect(runMigration).toHaveBeenCalledOnce();
    // It came to nothing, and may be begun again.
    tell({ phase: name === 'planned' ? 'planned' : 'stopped' });
    await waitFor(() => {
      fireEvent.click(button(words));
      expect(runMigration).toHaveBeenCalledTimes(2);
    });
  });

  it('that was stopped goes on', async () => {
    const runMigration = vi.fn<RemessaApi['runMigration']>(ok);
    await open('stopped', { api: { runMigration } });
    expect((await screen.findByRole('status')).textContent).toContain('What was sent stays');
    fireEvent.click(button('Continue'));
    expect(runMigration).toHaveBeenCalledOnce();
  });

  it('that could not go on says why', async () => {
    await open('failed');
    expect((await screen.findByRole('alert')).textContent).toContain('It could not go on');
    expect(button('Continue')).toBeTruthy();
  });

  it('between two destinations that could not go on offers the form of neither', async () => {
    await open('failed', { locale: 'pt-BR', changes: { ...betweenTwo, error: { code: 'credentials-rejected' } } });
    expect((await screen.findByRole('alert')).textContent).toContain('Veio de Arquivo na AWS ou de ensinalab-videos');
    expect(screen.queryByRole('button', { name: /[Cc]have/ })).toBeNull();
    expect(button('Outro plano')).toBeTruthy();
  });

  it('between two destinations still opens what belongs to neither', async () => {
    const { onOpenPanel } = await open('failed', { changes: { ...betweenTwo, error: { code: 'proxy-refused' } } });
    fireEvent.click(await screen.findByRole('button', { name: /proxy/i }));
    expect(onOpenPanel).toHaveBeenCalledWith({ kind: 'settings', place: 'sending' });
  });

  it('that ended says what is there and what is not', async () => {
    await open('done');
    expect((await screen.findByRole('status')).textContent).toBe(
      'Finished9,916 videos are there and checked. 84 videos need a look.',
    );
    expect(button('Try the failed ones again')).toBeTruthy();
  });

  it('that left videos out did not end well', async () => {
    const { counts } = fakeMigrations['well']!;
    await open('well', { changes: { counts: { ...counts, skipped: { videos: 2, bytes: 2 } } } });
    const outcome = await screen.findByRole('status');
    expect(outcome.textContent).toContain('2 videos need a look.');
    expect(outcome.querySelector('.tone-warning')).toBeTruthy();
  });

  it('that ended well has nothing to try again', async () => {
    await open('well');
    expect((await screen.findByRole('status')).textContent).toBe('Finished10,000 videos are there and checked.');
    expect(screen.queryByRole('button', { name: /again|Continue/ })).toBeNull();
  });
});

it('speaks Portuguese', async () => {
  await open('planned', { locale: 'pt-BR' });
  expect(await screen.findByText('Trazer vídeos que já existem')).toBeTruthy();
  expect(numbers()).toEqual(['Novos 9.214', 'Já estão lá 703', 'Diferentes 41', 'Incertos 12', 'Impossíveis 30']);
});
