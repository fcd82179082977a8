import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { NamesSettings } from './NamesSettings.tsx';

afterEach(cleanup);

async function renderNames(scenario = 'destinations') {
  const savePreferences = vi.fn<RemessaApi['savePreferences']>(async () => ({ ok: true, value: null }));
  await renderInWindow(<NamesSettings />, { scenario, api: { savePreferences } });
  return savePreferences;
}

const field = () => screen.getByLabelText<HTMLInputElement>('Name at the destination');
const preview = (name = 'What comes out') => screen.getByRole('region', { name }).textContent;

describe('the template', () => {
  it('counts as soon as it can be one, and shows what comes out', async () => {
    const savePreferences = await renderNames();
    expect(preview()).toContain('video_20_simple.mp4videos/video_20.mp4');
    fireEvent.change(field(), { target: { value: 'aulas/{slug}.mp4' } });
    expect(savePreferences).toHaveBeenCalledWith({ keyTemplate: 'aulas/{slug}.mp4' });
    expect(preview()).toContain('aulas/aula-12-introducao-a-celula.mp4');
  });

  it.each([
    ['videos/{foo}.mp4', /Only the words below/],
    ['videos/aula.mp4', /All videos would have the same name/],
    ['videos/{id}', /has to end in .mp4/],
    ['/{id}.mp4', /cannot begin with a slash/],
    ['', /All videos would have the same name/],
  ])('"%s" is explained and changes nothing', async (template, problem) => {
    const savePreferences = await renderNames();
    fireEvent.change(field(), { target: { value: template } });
    expect(screen.getByText(problem)).toBeTruthy();
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(savePreferences).not.toHaveBeenCalled();
    expect(preview('Until then this holds')).toContain('videos/video_5.mp4');
  });

  it('goes back, too, before the first change has come into force', async () => {
    const savePreferences = await renderNames();
    const before = field().value;
    fireEvent.change(field(), { target: { value: `x${before}` } });
    fireEvent.change(field(), { target: { value: before } });
    expect(savePreferences.mock.calls).toEqual([[{ keyTemplate: `x${before}` }], [{ keyTemplate: before }]]);
  });

  it('takes a token where the caret stands, and leaves the caret behind it', async () => {
    await renderNames();
    field().setSelectionRange(7, 7);
    fireEvent.click(screen.getByRole('button', { name: /\{yyyy\}/ }));
    expect(field().value).toBe('videos/{yyyy}video_{id}.mp4');
    expect(document.activeElement).toBe(field());
    expect(field().selectionStart).toBe(13);
  });

  it('says that an id was made up', async () => {
    await renderNames();
    expect(screen.getByText(/Remessa makes up a code/)).toBeTruthy();
  });
});

it('asks what happens to a name that is taken, each answer with what it means', async () => {
  const savePreferences = await renderNames();
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Ask/ }).checked).toBe(true);
  fireEvent.click(screen.getByRole('radio', { name: /Compare.*same video/ }));
  await waitFor(() => expect(savePreferences).toHaveBeenCalledWith({ onConflict: 'compare' }));
});

it('switches the review and the links on', async () => {
  const savePreferences = await renderNames();
  fireEvent.click(screen.getByRole('switch', { name: /Show names and cost/ }));
  fireEvent.click(screen.getByRole('switch', { name: /Follow links/ }));
  await waitFor(() => expect(savePreferences.mock.calls).toEqual([[{ reviewsFirst: true }], [{ followsLinks: true }]]));
});
