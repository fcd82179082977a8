import type { SafetyText } from './safety-text.ts';

export const safetyTextEn: SafetyText = {
  tab: 'Safety',
  hold: 'Keep videos safe while their destination is down',
  holdHelp: 'Remessa makes a verified copy and sends from it when the destination is back, even if the original is gone.',
  holdNever: 'Never',
  holdAfter: (duration) => `After ${duration}`,
  holdFolder: (folder) => `The copies are kept in ${folder}`,
  remove: 'Files on this computer after the upload',
  removeHelp:
    'They go to the trash, and only when the video is sent and verified, the file has not changed since, and the link opens.',
  removeNever: 'Stay where they are',
  removeNeverHelp: 'Remessa does not touch them.',
  removeAtOnce: 'Go to the trash at once',
  removeAfter: (duration) => `Go to the trash after ${duration}`,
  suggested: 'suggested',
  exportTitle: 'Export settings',
  exportHelp: 'Destinations and settings in a file, without any key: for another computer or for a colleague.',
  exportIt: 'Export…',
  exported: (name) => `Settings saved as ${name}`,
};
