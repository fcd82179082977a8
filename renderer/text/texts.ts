import type { ErrorCode } from '../../shared/errors.ts';
import type { Language } from '../../shared/settings.ts';
import { careTextEn } from './care-text.en.ts';
import { careTextPtBr } from './care-text.pt-br.ts';
import type { CareText } from './care-text.ts';
import { destinationTextEn } from './destination-text.en.ts';
import { destinationTextPtBr } from './destination-text.pt-br.ts';
import type { DestinationText } from './destination-text.ts';
import { doctorTextEn } from './doctor-text.en.ts';
import { doctorTextPtBr } from './doctor-text.pt-br.ts';
import type { DoctorText } from './doctor-text.ts';
import { errorTextEn } from './error-text.en.ts';
import { errorTextPtBr } from './error-text.pt-br.ts';
import type { ErrorText } from './error-text.ts';
import { limitsTextEn } from './limits-text.en.ts';
import { limitsTextPtBr } from './limits-text.pt-br.ts';
import type { LimitsText } from './limits-text.ts';
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

export const careTexts: Readonly<Record<Language, CareText>> = { 'pt-BR': careTextPtBr, en: careTextEn };

export const destinationTexts: Readonly<Record<Language, DestinationText>> = {
  'pt-BR': destinationTextPtBr,
  en: destinationTextEn,
};

export const doctorTexts: Readonly<Record<Language, DoctorText>> = { 'pt-BR': doctorTextPtBr, en: doctorTextEn };

/** A code without a sentence does not compile. */
export const errorTexts: Readonly<Record<Language, Readonly<Record<ErrorCode, ErrorText>>>> = {
  'pt-BR': errorTextPtBr,
  en: errorTextEn,
};

export const limitsTexts: Readonly<Record<Language, LimitsText>> = { 'pt-BR': limitsTextPtBr, en: limitsTextEn };

export const queueTexts: Readonly<Record<Language, QueueText>> = { 'pt-BR': queueTextPtBr, en: queueTextEn };

export const receiptTexts: Readonly<Record<Language, ReceiptText>> = { 'pt-BR': receiptTextPtBr, en: receiptTextEn };

export const settingsTexts: Readonly<Record<Language, SettingsText>> = {
  'pt-BR': settingsTextPtBr,
  en: settingsTextEn,
};

export const windowTexts: Readonly<Record<Language, WindowText>> = { 'pt-BR': windowTextPtBr, en: windowTextEn };
