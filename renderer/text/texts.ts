import type { AppError, ErrorCode } from '../../shared/errors.ts';
import type { Language } from '../../shared/settings.ts';
import { addingTextEn } from './adding-text.en.ts';
import { addingTextPtBr } from './adding-text.pt-br.ts';
import type { AddingText } from './adding-text.ts';
import { careTextEn } from './care-text.en.ts';
import { careTextPtBr } from './care-text.pt-br.ts';
import type { CareText } from './care-text.ts';
import { destinationTextEn } from './destination-text.en.ts';
import { destinationTextPtBr } from './destination-text.pt-br.ts';
import type { DestinationText } from './destination-text.ts';
import { doctorTextEn } from './doctor-text.en.ts';
import { doctorTextPtBr } from './doctor-text.pt-br.ts';
import type { DoctorText } from './doctor-text.ts';
import { limitsTextEn } from './limits-text.en.ts';
import { limitsTextPtBr } from './limits-text.pt-br.ts';
import type { LimitsText } from './limits-text.ts';
import { migrationTextEn } from './migration-text.en.ts';
import { migrationTextPtBr } from './migration-text.pt-br.ts';
import type { MigrationText } from './migration-text.ts';
import { queueTextEn } from './queue-text.en.ts';
import { queueTextPtBr } from './queue-text.pt-br.ts';
import type { QueueText } from './queue-text.ts';
import { receiptTextEn } from './receipt-text.en.ts';
import { receiptTextPtBr } from './receipt-text.pt-br.ts';
import type { ReceiptText } from './receipt-text.ts';
import { settingsTextEn } from './settings-text.en.ts';
import { settingsTextPtBr } from './settings-text.pt-br.ts';
import type { SettingsText } from './settings-text.ts';
import { windowTextEn } from './window-text.en.ts';
import { windowTextPtBr } from './window-text.pt-br.ts';
import type { WindowText } from './window-text.ts';
import { errorTextEn } from './error-text.en.ts';
import { errorTextPtBr } from './error-text.pt-br.ts';
import type { ErrorText } from './error-text.ts';
import { createFormat } from './format.ts';
import type { Format } from './format.ts';

/** Everything the window says, in one language. */
interface Words {
  readonly adding: AddingText;
  readonly care: CareText;
  readonly destination: DestinationText;
  readonly doctor: DoctorText;
  readonly limits: LimitsText;
  readonly migration: MigrationText;
  readonly queue: QueueText;
  readonly receipt: ReceiptText;
  readonly settings: SettingsText;
  readonly window: WindowText;
}

/** Everything the window says, in the person's language and with numbers as the person writes them. */
export interface Texts extends Words {
  readonly language: Language;
  readonly format: Format;
  readonly errorText: (error: AppError) => ErrorText;
}

const words: Readonly<Record<Language, Words>> = {
  'pt-BR': {
    adding: addingTextPtBr,
    care: careTextPtBr,
    destination: destinationTextPtBr,
    doctor: doctorTextPtBr,
    limits: limitsTextPtBr,
    migration: migrationTextPtBr,
    queue: queueTextPtBr,
    receipt: receiptTextPtBr,
    settings: settingsTextPtBr,
    window: windowTextPtBr,
  },
  en: {
    adding: addingTextEn,
    care: careTextEn,
    destination: destinationTextEn,
    doctor: doctorTextEn,
    limits: limitsTextEn,
    migration: migrationTextEn,
    queue: queueTextEn,
    receipt: receiptTextEn,
    settings: settingsTextEn,
    window: windowTextEn,
  },
};

/** A code without a sentence does not compile. */
export const errorTexts: Readonly<Record<Language, Readonly<Record<ErrorCode, ErrorText>>>> = {
  'pt-BR': errorTextPtBr,
  en: errorTextEn,
};

export function createTexts(language: Language, locale: string = language): Texts {
  return {
    ...words[language],
    language,
    format: createFormat(language, locale),
    errorText: (error) => errorTexts[language][error.code],
  };
}
