import type { RemessaApi } from '../../shared/remessa-api.ts';
import type { AddReport, Events } from '../../shared/replies.ts';
import type { Preferences, SettingsSnapshot } from '../../shared/settings.ts';
import { defaultPreferences } from '../../shared/settings.ts';
import type { Upload, UploadList } from '../../shared/upload.ts';
import type { Source } from './fake-answers.ts';
import { createSource, done, later, refused } from './fake-answers.ts';
import { nextSpeeds } from './fake-line.ts';
import { changedReport, fakeReceipt, sameReport } from './fake-receipts.ts';
import { destinationCommands } from './fake-destination-commands.ts';
import { storageCommands } from './fake-storage.ts';
import type { Scenario } from './scenarios.ts';
import { scenarioNamed, uploadNamed } from './scenarios.ts';

/** A main process that is not there: enough of one to draw, click through and test the window in a plain browser. */
export function createFakeRemessa(scenarioName: string, search = new URLSearchParams(location.search)): RemessaApi {
  const scenario = scenarioNamed(scenarioName);
  const settings = createSource<SettingsSnapshot>({
    revision: 1,
    destinations: scenario.destinations,
    currentDestinationId: scenario.destinations[0]?.destination.id ?? null,
    copyDestinationId: search.get('copy'),
    keyMap: null,
    folders: { thisComputer: '/home/ana/Vídeos/Remessa', holding: '/home/ana/Vídeos/Remessa Guardados' },
    preferences: {
      ...defaultPreferences,
      ...scenario.preferences,
      theme: (search.get('theme') ?? 'system') as Preferences['theme'],
    },
    systemLocales: [search.get('locale') ?? 'pt-BR'],
    keychainAvailable: scenario.keychainAvailable,
    appVersion: '0.1.0',
  });
  const list = createSource<UploadList>({
    revision: 1,
    uploads: scenario.uploads,
    destinations: scenario.states,
    line: scenario.line,
    setAside: 0,
  });
  if (search.has('live')) {
    setInterval(() => {
      const { uploads, line } = list.get();
      list.change({ uploads: uploads.map(tick), line: { ...line, speeds: nextSpeeds(line.speeds, 120) } });
    }, 250);
  }

  return {
    ...uploadCommands(list),
    ...receiptCommands(list, scenario),
    ...settingsCommands(settings),
    ...destinationCommands(settings, search),
    ...storageCommands(search),
    onQuitAsked,
  };
}

function uploadCommands(list: Source<UploadList>) {
  const replace = (ids: readonly string[], next: (upload: Upload) => Upload | null) => {
    const uploads = list.get().uploads.flatMap((upload) => (ids.includes(upload.id) ? (next(upload) ?? []) : upload));
    list.change({ uploads });
    return done(null);
  };
  const resume = (ids: readonly string[]) =>
    replace(ids, (upload) => ({ ...fresh(upload), status: 'queued', uploadedBytes: 0 }));
  return {
    getUploads: () => done(list.get()),
    addFiles: async (files) => {
      const report = reportOn(files.map((file) => file.name));
      const added = files.filter((file) => report.addedIds.includes(file.name));
      const uploads = added.map((file, index): Upload => ({
        ...uploadNamed(Date.now() + index, file.name, file.size),
        keyEditable: true,
        status: 'queued',
        uploadedBytes: 0,
      }));
      list.change({ uploads: [...list.get().uploads, ...uploads] });
      return done(report);
    },
    chooseFiles: () => done(reportOn(['notas.txt', 'vazio.mp4'])),
    pauseUploads: (ids) => replace(ids, (upload) => ({ ...fresh(upload), status: 'paused', uploadedBytes: 5e6 })),
    resumeUploads: resume,
    retryUploads: resume,
    cancelUploads: (ids) => replace(ids, () => null),
    removeUploads: (ids) => replace(ids, () => null),
    moveUpload: () => done(null),
    setKey: (id, key) => replace([id], (upload) => ({ ...upload, key })),
    settleConflict: (ids) => resume(ids),
    restartUpload: (id) => resume([id]),
    locateFile: (id) => resume([id]),
    showObject: () => done(null),
    copyLinks: (ids) => done({ count: ids.length, kind: 'presigned', expiresAt: Date.now() + 86_400_000 }),
    onUploadsChanged: list.subscribe,
  } satisfies Partial<RemessaApi>;
}

/** `?fake=receipt-changed` and `?fake=receipt-refused` show the receipts that trouble somebody. */
function receiptCommands(list: Source<UploadList>, scenario: Scenario) {
  return {
    getReceipt: async (id) => {
      const upload = list.get().uploads.find((candidate) => candidate.id === id);
      if (upload === undefined || scenario.receipts === 'missing') return refused('internal');
      return later(fakeReceipt(upload), 200);
    },
    checkReceipt: () => {
      if (scenario.receipts === 'refused') return refused('credentials-rejected', 'HTTP 403 · request 81AC');
      return later(scenario.receipts === 'changed' ? changedReport : sameReport);
    },
    showReceiptFile: () => done(null),
  } satisfies Partial<RemessaApi>;
}

function settingsCommands(settings: Source<SettingsSnapshot>) {
  return {
    getSettings: () => done(settings.get()),
    savePreferences: (changed) => {
      settings.change({ preferences: { ...settings.get().preferences, ...changed } as Preferences });
      return done(null);
    },
    answerQuit: () => done(null),
    copyDetails: () => done(null),
    onSettingsChanged: settings.subscribe,
  } satisfies Partial<RemessaApi>;
}

/** `window.dispatchEvent(new Event('fake-quit'))` in the console asks "Quit?". */
function onQuitAsked(listener: (question: Events['quit:asked']) => void): () => void {
  const ask = () => listener({ pending: 3 });
  window.addEventListener('fake-quit', ask);
  return () => window.removeEventListener('fake-quit', ask);
}

function reportOn(names: readonly string[]): AddReport {
  const bad = names.filter((name) => !name.endsWith('.mp4') || name.startsWith('vazio'));
  return {
    addedIds: names.filter((name) => !bad.includes(name)),
    known: [],
    leftOut: 0,
    keyMap: null,
    refused: bad.map((name) => ({ name, code: name.endsWith('.mp4') ? 'source-empty' : 'not-a-video' })),
  };
}

function tick(upload: Upload): Upload {
  if (upload.status !== 'uploading') return upload;
  const uploadedBytes = Math.min(upload.size, upload.uploadedBytes + upload.size / 300);
  if (uploadedBytes === upload.size) {
    return { ...fresh(upload), status: 'completed', completedAt: Date.now(), verification: 'checksum', wasThere: false, localFile: 'kept' };
  }
  const bytesPerSecond = 12e6 + Math.random() * 8e5;
  const confirmedBytes = Math.max(upload.confirmedBytes, uploadedBytes - Math.min(64e6, uploadedBytes * 0.1));
  const speeds = nextSpeeds(upload.speeds, 60);
  const etaSeconds = (upload.size - uploadedBytes) / bytesPerSecond;
  return { ...upload, uploadedBytes, confirmedBytes, speeds, bytesPerSecond, etaSeconds };
}

/** What every upload has, whatever its status. */
function fresh({ id, name, size, key, keyEditable, destinationId, addedAt, notice, groupId, holding }: Upload) {
  return { id, name, size, key, keyEditable, destinationId, addedAt, notice, groupId, holding };
}
