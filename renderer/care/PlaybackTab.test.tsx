import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { playbackRule } from '../../shared/cors.ts';
import type { CorsRule } from '../../shared/cors.ts';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { PlaybackTab } from './PlaybackTab.tsx';

afterEach(cleanup);

const site = 'https://aulas.ensinalab.com.br';
const weak: CorsRule = {
  id: 'site',
  origins: ['https://www.ensinalab.com.br'],
  methods: ['GET'],
  allowedHeaders: [],
  exposedHeaders: [],
  maxAgeSeconds: 600,
};

async function openPlayback(api: Partial<RemessaApi> = {}, kind: 'r2' | 's3' = 'r2') {
  const onOpenPanel = vi.fn<(panel: unknown) => void>();
  const copyDetails = vi.fn<RemessaApi['copyDetails']>(async () => ({ ok: true, value: null }));
  const readCors: RemessaApi['readCors'] = async () => ({ ok: true, value: { rules: [weak], isReadable: true } });
  await renderInWindow(<PlaybackTab id="d-r2" kind={kind} />, { api: { readCors, copyDetails, ...api }, onOpenPanel });
  await screen.findByLabelText('Site that will play the videos');
  return { onOpenPanel, copyDetails };
}

const type = (value: string) =>
  fireEvent.change(screen.getByLabelText('Site that will play the videos'), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const change = () => screen.getByRole('region', { name: 'What changes' }).textContent;

describe('the rules of now', () => {
  it('are told in words, with what they are worth', async () => {
    const readCors: RemessaApi['readCors'] = async () => ({
      ok: true,
      value: { rules: [weak, playbackRule(['*'])], isReadable: true },
    });
    await openPlayback({ readCors });
    const rules = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(rules).toEqual(['https://www.ensinalab.com.brmay use GET: not enough to play', 'Any sitemay play']);
  });

  it('may be none', async () => {
    await openPlayback({ readCors: async () => ({ ok: true, value: { rules: [], isReadable: true } }) });
    expect(screen.getByText('No site.')).toBeTruthy();
  });

  it('that could not be asked for are explained, and asked for again', async () => {
    const readCors = vi
      .fn<RemessaApi['readCors']>()
      .mockResolvedValueOnce({ ok: false, error: { code: 'offline' } })
      .mockResolvedValue({ ok: true, value: { rules: [], isReadable: true } });
    await renderInWindow(<PlaybackTab id="d-r2" kind="r2" />, { api: { readCors } });
    expect(await screen.findByText(/^The rules could not be read/)).toBeTruthy();
    press('Retry');
    expect(await screen.findByText('No site.')).toBeTruthy();
  });
});

describe('letting a site in', () => {
  it('shows what would be added, applies it, and says how long it takes on R2', async () => {
    const letInOrigins = vi.fn<RemessaApi['letInOrigins']>(async () => ({
      ok: true,
      value: { rules: [weak, playbackRule([site])], isReadable: true },
    }));
    await openPlayback({ letInOrigins });
    type(`${site}/`);
    expect(change()).toContain('A new rule');
    expect(change()).toContain(site);
    expect(change()).toContain('The other rule stays as it is.');
    expect(letInOrigins).not.toHaveBeenCalled();
    press('Apply');
    await waitFor(() => expect(letInOrigins).toHaveBeenCalledWith('d-r2', [site]));
    expect((await screen.findByTestId('toast')).textContent).toContain('30 seconds');
    expect(await screen.findByText('may play')).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'What changes' })).toBeNull();
  });

  it('says nothing about R2 on S3', async () => {
    await openPlayback({}, 's3');
    type(site);
    expect(screen.queryByText(/On R2/)).toBeNull();
  });

  it.each([
    ['www.ensinalab.com.br', /is no address/],
    [`${site}/aulas`, /leave only the beginning/],
    [`${site} ftp://a.example`, /“ftp:\/\/a.example” is no address/],
  ])('explains what is wrong with "%s"', async (typed, problem) => {
    await openPlayback();
    type(typed);
    expect(screen.getByText(problem)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Apply' })).toBeNull();
  });

  it('does nothing for those who may already', async () => {
    await openPlayback({ readCors: async () => ({ ok: true, value: { rules: [playbackRule([site])], isReadable: true } }) });
    type(site);
    expect(screen.getByText('This site may play already. Nothing to change.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Apply' })).toBeNull();
  });

  it('copies the JSON of all rules where the key may not change them, and says where it belongs', async () => {
    const letInOrigins: RemessaApi['letInOrigins'] = async () => ({ ok: false, error: { code: 'access-denied' } });
    const { copyDetails } = await openPlayback({ letInOrigins });
    type(site);
    press('Apply');
    expect(await screen.findByText(/Cloudflare › R2/)).toBeTruthy();
    expect(screen.queryByText(/add this one to them/)).toBeNull();
    press('Copy JSON');
    await waitFor(() => expect(copyDetails).toHaveBeenCalled());
    const copied = JSON.parse(copyDetails.mock.calls[0]?.[0] ?? '') as { AllowedOrigins: string[] }[];
    expect(copied.map(({ AllowedOrigins }) => AllowedOrigins)).toEqual([weak.origins, [site]]);
    // Another site is another attempt.
    type(`${site}:8443`);
    expect(screen.getByRole('button', { name: 'Apply' })).toBeTruthy();
  });

  it('warns that the JSON is not all where nobody could look', async () => {
    const letInOrigins = vi.fn<RemessaApi['letInOrigins']>();
    await openPlayback(
      { letInOrigins, readCors: async () => ({ ok: true, value: { rules: [], isReadable: false } }) },
      's3',
    );
    expect(screen.getByText('The key may not see the bucket’s rules')).toBeTruthy();
    type(site);
    expect(screen.getByText(/add this one to them/)).toBeTruthy();
    expect(screen.getByText(/AWS › S3/)).toBeTruthy();
    press('Copy JSON');
    expect(await screen.findByText('JSON copied')).toBeTruthy();
    expect(letInOrigins).not.toHaveBeenCalled();
  });

  it('explains any other refusal', async () => {
    await openPlayback({ letInOrigins: async () => ({ ok: false, error: { code: 'offline' } }) });
    type(site);
    press('Apply');
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Copy JSON' })).toBeNull();
  });
});
