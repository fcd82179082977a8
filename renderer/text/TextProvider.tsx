import { createContext, useContext, useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { AppError } from '../../shared/errors.ts';
import type { Language, Preferences } from '../../shared/settings.ts';
import type { CareText } from './care-text.ts';
import type { DestinationText } from './destination-text.ts';
import type { DoctorText } from './doctor-text.ts';
import type { ErrorText } from './error-text.ts';
import type { Format } from './format.ts';
import { createFormat } from './format.ts';
import { chooseLanguage, chooseLocale } from './language.ts';
import type { LimitsText } from './limits-text.ts';
import type { QueueText } from './queue-text.ts';
import type { ReceiptText } from './receipt-text.ts';
import type { SettingsText } from './settings-text.ts';
import type { WindowText } from './window-text.ts';
import {
  careTexts,
  destinationTexts,
  doctorTexts,
  errorTexts,
  limitsTexts,
  queueTexts,
  receiptTexts,
  settingsTexts,
  windowTexts,
} from './texts.ts';

/** Everything the window says, in the person's language. */
export interface Texts {
  readonly language: Language;
  readonly format: Format;
  readonly window: WindowText;
  readonly queue: QueueText;
  readonly receipt: ReceiptText;
  readonly settings: SettingsText;
  readonly limits: LimitsText;
  readonly destination: DestinationText;
  readonly care: CareText;
  readonly doctor: DoctorText;
  readonly errorText: (error: AppError) => ErrorText;
}

export function createTexts(language: Language, locale: string = language): Texts {
  return {
    language,
    format: createFormat(language, locale),
    window: windowTexts[language],
    queue: queueTexts[language],
    receipt: receiptTexts[language],
    settings: settingsTexts[language],
    limits: limitsTexts[language],
    destination: destinationTexts[language],
    care: careTexts[language],
    doctor: doctorTexts[language],
    errorText: (error) => errorTexts[language][error.code],
  };
}

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
