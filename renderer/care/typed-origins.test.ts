import { describe, expect, it } from 'vitest';
import type { CorsRule } from '../../shared/cors.ts';
import { playbackRule } from '../../shared/cors.ts';
import { corsChange, typedOrigins } from './typed-origins.ts';

describe('typedOrigins', () => {
  it.each([
    ['', []],
    ['https://a.example', ['https://a.example']],
    ['https://a.example/', ['https://a.example']],
    ['  https://a.example, http://localhost:3000 https://a.example/\n', ['https://a.example', 'http://localhost:3000']],
    ['*', ['*']],
  ])('"%s"', (text, origins) => expect(typedOrigins(text)).toEqual({ origins, wrong: null }));

  it.each([
    ['www.ensinalab.com.br', 'form'],
    ['ftp://a.example', 'form'],
    ['https://a.example/aulas', 'path'],
  ] as const)('"%s" is wrong: %s', (text, problem) => {
    expect(typedOrigins(`https://ok.example ${text}`).wrong).toEqual({ typed: text, problem });
  });
});

describe('corsChange', () => {
  const site: CorsRule = { ...playbackRule(['https://site.example']), id: 'site' };
  const weak: CorsRule = { ...site, methods: ['GET'], allowedHeaders: [] };

  it('adds a rule of ours and leaves the others', () => {
    const change = corsChange([weak], ['https://site.example']);
    expect(change).toMatchObject({ added: ['https://site.example'], isExtended: false, others: 1 });
    expect(change.rules).toHaveLength(2);
  });

  it('extends the rule of ours by what is new', () => {
    const change = corsChange([playbackRule(['https://a.example'])], ['https://a.example', 'https://b.example']);
    expect(change).toMatchObject({ added: ['https://b.example'], isExtended: true, others: 0 });
    expect(change.rules).toHaveLength(1);
  });

  it('changes nothing for those who may play', () => {
    const rules = [site];
    expect(corsChange(rules, ['https://site.example'])).toEqual({ rules, added: [], isExtended: false, others: 1 });
    expect(corsChange(rules, []).added).toEqual([]);
  });
});
