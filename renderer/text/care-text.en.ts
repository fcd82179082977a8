import type { CareText } from './care-text.ts';
import { costsTextEn } from './costs-text.en.ts';
import { deletionTextEn } from './deletion-text.en.ts';
import { playbackTextEn } from './playback-text.en.ts';
import { unfinishedTextEn } from './unfinished-text.en.ts';

export const careTextEn: CareText = {
  title: (name) => `Care for “${name}”`,
  tabs: {
    check: 'Check',
    playback: 'Playing on sites',
    unfinished: 'Unfinished',
    costs: 'Costs',
    delete: 'Delete a video',
  },
  check: {
    intro: 'Tries, one by one, everything that uploads and links need. The test file is deleted at the end.',
    start: 'Check now',
    again: 'Check again',
    stop: 'Stop',
    running: (done, all) => `Checking: ${done} of ${all}`,
    fine: 'Everything works',
    fineHint: 'This destination is ready to take videos, to verify them and to give links.',
    warned: (count) => (count === 1 ? 'Works; 1 thing to look at' : `Works; ${count} things to look at`),
    failedBeside: (count) =>
      count === 1 ? 'Uploads work, but 1 thing does not' : `Uploads work, but ${count} things do not`,
    failedUploads: (count) =>
      count === 1 ? '1 thing keeps uploads from working' : `${count} things keep uploads from working`,
    stopped: 'The check stopped before its end',
    cleanedUp: 'The test file was deleted.',
    toLookAt: 'To look at',
    works: 'Works',
    notChecked: 'Not checked',
    editDestination: 'Edit destination',
    openPlayback: 'Let sites play',
    addRule: 'Add the rule',
    ruleAdded: 'Rule added: the bucket removes what nobody finished by itself',
    copyDetailsOf: (name) => `Copy details: ${name}`,
    copyReport: 'Copy report',
    reportCopied: 'Report copied',
    refused: 'The check could not begin',
  },
  playback: playbackTextEn,
  unfinished: unfinishedTextEn,
  costs: costsTextEn,
  deletion: deletionTextEn,
};
