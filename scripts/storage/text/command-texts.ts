import type { Language } from '../../../shared/settings.ts';
import { commandTextEn } from './command-text.en.ts';
import { commandTextPtBr } from './command-text.pt-br.ts';
import type { CommandText } from './command-text.ts';

export const commandTexts: Readonly<Record<Language, CommandText>> = { 'pt-BR': commandTextPtBr, en: commandTextEn };
