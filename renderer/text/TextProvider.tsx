import { createContext, useContext, useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Preferences } from '../../shared/settings.ts';
import { chooseLanguage, chooseLocale } from './language.ts';
import type { Texts } from './texts.ts';
import { createTexts } from './texts.ts';

const TextContext = createContext<Texts | null>(null);

interface TextProviderProps {
  readonly preference: Preferences['language'];
  readonly systemLocales: readonly string[];
  readonly children: ReactNode;
}

export function TextProvider({ preference, systemLocales, children }: TextProviderProps) {
  const language = chooseLanguage(preference, systemLocales);
  const locale = chooseLocale(language, systemLocales);
  const texts = useMemo(() => createTexts(language, locale), [language, locale]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <I18nProvider locale={locale}>
      <TextContext value={texts}>{children}</TextContext>
    </I18nProvider>
  );
}

export function useTexts(): Texts {
  const texts = useContext(TextContext);
  if (texts === null) throw new Error('useTexts outside of TextProvider');
  return texts;
}
