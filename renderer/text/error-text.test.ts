import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/errors.ts';
import { languages } from '../../shared/settings.ts';
import { errorTexts } from './texts.ts';

describe.each(languages)('error texts in %s', (language) => {
  it.each(errorCodes)('%s says what happened and what to do', (code) => {
    const { cause, title, hint } = errorTexts[language][code];
    expect(cause[0]).toBe(cause[0]?.toLowerCase());
    expect(cause.length).toBeLessThan(60);
    expect(title).toMatch(/^\p{Lu}.*[^.]$/u);
    expect(hint).toMatch(/^\p{Lu}.*\.$/u);
    // A code belongs in the details.
    expect(`${cause} ${title} ${hint}`).not.toMatch(/\b\d{3}\b|undefined|error/i);
  });

  it('proposes the same button in every language', () => {
    for (const code of errorCodes) expect(errorTexts[language][code].action).toBe(errorTexts.en[code].action);
  });
});
