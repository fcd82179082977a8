import type { Language, Preferences } from '../../shared/settings.ts';

/** The language of the window: the chosen one, or the first of the system's that we have, or English. */
export function chooseLanguage(preference: Preferences['language'], systemLocales: readonly string[]): Language {
  if (preference !== 'system') return preference;
  for (const locale of systemLocales) {
    const base = baseOf(locale);
    if (base === 'pt') return 'pt-BR';
    if (base === 'en') return 'en';
  }
  return 'en';
}

/** The system's own variant of that language, so that dates and numbers are written as at home (en-GB, pt-PT). */
export function chooseLocale(language: Language, systemLocales: readonly string[]): string {
  const own = systemLocales.find((locale) => baseOf(locale) === baseOf(language));
  if (own === undefined) return language;
  return Intl.getCanonicalLocales(own.replaceAll('_', '-').replace(/[.@].*$/, ''))[0] ?? language;
}

function baseOf(locale: string): string {
  return locale.toLowerCase().split(/[-_.]/)[0] ?? '';
}
