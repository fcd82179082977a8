import type { TestStep } from '../../shared/replies.ts';
import type { FieldName } from '../settings/destination-fields.ts';

/** What a field is called, what it is and where to find it, and what is wrong with what was typed. */
export interface FieldText {
  readonly label: string;
  readonly help: string;
  /** Where the thing is found elsewhere on S3 than on R2. */
  readonly helpOnS3?: string;
  readonly placeholder: string;
  readonly problem: string;
}

/** The words of the first screen and of the destination form. */
export interface DestinationText {
  readonly welcome: string;
  readonly question: string;
  readonly questionHelp: string;
  readonly recommended: string;
  readonly choices: Readonly<Record<'r2' | 's3' | 'practice', { readonly title: string; readonly body: string }>>;
  readonly practiceName: string;
  readonly formTitle: Readonly<Record<'r2' | 's3' | 'practice', string>>;
  readonly editTitle: (name: string) => string;
  readonly optional: string;
  readonly required: string;
  readonly fields: Readonly<Record<FieldName, FieldText>>;
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
  readonly savedKeyHelp: string;
  readonly changeKey: string;
  readonly keepKey: string;
  readonly keychainNote: string;
  readonly noKeychain: string;
  readonly noKeychainHint: string;
  readonly test: string;
  readonly testAgain: string;
  readonly testing: string;
  readonly save: string;
  readonly saveForSession: string;
  readonly saving: string;
  readonly testPassed: string;
  readonly testFailed: string;
  readonly testAskedAt: (endpoint: string) => string;
  readonly stepNames: Readonly<Record<TestStep['step'], string>>;
  readonly stepPassed: Readonly<Record<TestStep['step'], string>>;
  readonly stepSkipped: string;
  readonly clockBehind: (duration: string) => string;
  readonly clockAhead: (duration: string) => string;
  readonly regionIs: (region: string) => string;
  readonly takeRegion: (region: string) => string;
  readonly saved: (name: string) => string;
}
