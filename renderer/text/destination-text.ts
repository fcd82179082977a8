import type { TestStep } from '../../shared/replies.ts';
import type { FieldName, FormKind } from '../settings/destination-fields.ts';
import type { ImportsText } from './imports-text.ts';

/** What a field is called, what it is and where to find it, and what is wrong with what was typed. */
export interface FieldText {
  readonly label: string;
  readonly help: string;
  /** Where the thing is another one, or is found elsewhere, than on R2. */
  readonly helpOn?: Readonly<Partial<Record<FormKind, string>>>;
  readonly placeholder: string;
  readonly problem: string;
}

/** The words of the first screen and of the destination form. */
export interface DestinationText {
  readonly welcome: string;
  readonly question: string;
  readonly questionHelp: string;
  readonly recommended: string;
  readonly choices: Readonly<Record<FormKind | 'practice', { readonly title: string; readonly body: string }>>;
  /** Below "this computer", which works without it. */
  readonly otherFolder: string;
  readonly practiceName: string;
  readonly thisComputerName: string;
  /** On the first screen, where files may be dropped already. */
  readonly dropHere: string;
  readonly imports: ImportsText;
  readonly formTitle: Readonly<Record<FormKind, string>>;
  readonly editTitle: (name: string) => string;
  readonly optional: string;
  readonly required: string;
  readonly fields: Readonly<Record<FieldName, FieldText>>;
  readonly chooseFolder: string;
  readonly noFolder: string;
  readonly freeSpace: (bytes: string) => string;
  readonly jurisdictions: Readonly<Record<'default' | 'eu' | 'fedramp', string>>;
  readonly more: string;
  readonly showSecret: string;
  readonly hideSecret: string;
  readonly pasteTitle: string;
  readonly pasteHelp: string;
  readonly pastePlaceholder: string;
  readonly pasteFilled: (fields: string, count: number) => string;
  readonly pasteNothing: string;
  readonly savedKey: (hint: string) => string;
  readonly importedKey: (source: string, hint: string) => string;
  readonly importedKeyHelp: string;
  readonly savedKeyHelp: string;
  readonly changeKey: string;
  readonly keepKey: string;
  readonly keepImportedKey: (source: string) => string;
  readonly keychainNote: string;
  readonly noKeychain: string;
  readonly noKeychainHint: string;
  readonly test: string;
  readonly testFolder: string;
  readonly testAgain: string;
  readonly testing: string;
  readonly save: string;
  readonly saveForSession: string;
  readonly saving: string;
  /** The same form, as another destination than the one it was opened for. */
  readonly saveAsNew: string;
  /** Its key stays with the old destination. */
  readonly newNeedsKey: string;
  readonly testPassed: string;
  readonly testFailed: string;
  readonly testAskedAt: (endpoint: string) => string;
  readonly stepNames: Readonly<Record<TestStep['step'], string>>;
  readonly stepPassed: Readonly<Record<TestStep['step'], string>>;
  /** Where a folder is tried, and no server. */
  readonly folderSteps: Readonly<Partial<Record<TestStep['step'], { readonly name: string; readonly passed: string }>>>;
  readonly folderPassed: string;
  readonly folderFailed: string;
  readonly stepSkipped: string;
  readonly clockBehind: (duration: string) => string;
  readonly clockAhead: (duration: string) => string;
  readonly regionIs: (region: string) => string;
  readonly takeRegion: (region: string) => string;
  readonly saved: (name: string) => string;
}
