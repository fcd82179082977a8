import type { ImportsText } from './imports-text.ts';

export const importsTextEn: ImportsText = {
  title: 'Use settings that are here already',
  searching: 'Looking…',
  nothing: 'There are no settings in the environment or in ~/.aws.',
  openFile: 'Open a file…',
  openFileHelp: 'An .env file, or the settings exported from another Remessa.',
  nothingInFile: 'No settings were found in that file',
  origins: {
    'env-file': (name) => `from the file ${name}`,
    environment: () => 'from the environment',
    'aws-profile': (name) => `from the profile ${name} in ~/.aws`,
    'settings-file': (name) => `from exported settings (${name})`,
  },
  filledIn: (source) => `Filled in with what came ${source}.`,
  key: (hint) => `key •••• ${hint}`,
  noKey: 'no key',
  missing: (names) => `Missing: ${names}.`,
  switchedOff: 'It is switched off there.',
  obstacles: {
    sso: 'This profile signs in through SSO, and its key lasts a few hours. Type a key of its own.',
    role: 'This profile assumes a role and has no key of its own. Type one.',
    process: 'This profile gets its key from another program, which Remessa does not run. Type a key.',
  },
};
