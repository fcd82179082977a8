import { expect, it } from 'vitest';
import { chooseLanguage, chooseLocale } from './language.ts';

it.each([
  ['system', ['pt-PT', 'en-US'], 'pt-BR'],
  ['system', ['de-DE', 'en-GB'], 'en'],
  ['system', ['de-DE'], 'en'],
  ['system', [], 'en'],
  ['pt-BR', ['en-US'], 'pt-BR'],
] as const)('%s with %j → %s', (preference, locales, expected) => {
  expect(chooseLanguage(preference, locales)).toBe(expected);
});

it.each([
  ['en', ['pt-BR', 'en_GB.UTF-8'], 'en-GB'],
  ['pt-BR', ['de'], 'pt-BR'],
] as const)('%s with %j is written as %s', (language, locales, expected) => {
  expect(chooseLocale(language, locales)).toBe(expected);
});
