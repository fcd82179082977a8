import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import type { MigrationState } from '../../shared/migration.ts';
import type { SettingsSnapshot } from '../../shared/settings.ts';
import type { UploadList } from '../../shared/upload.ts';
import type { Bridge } from '../bridge.ts';
import { deriveMirror } from './derived.ts';
import type { Mirror } from './mirror.ts';
import { createMirror } from './mirror.ts';
import { reuseUploads } from './reuse-uploads.ts';
import { type Row, rowsOf } from './rows.ts';

/** What the whole window works with. Built once in main.tsx and handed down. */
export interface Services {
  readonly bridge: Bridge;
  readonly uploads: Mirror<UploadList>;
  readonly rows: Mirror<readonly Row[]>;
  readonly settings: Mirror<SettingsSnapshot>;
  readonly migration: Mirror<MigrationState>;
}

function onError(thrown: unknown): void {
  console.error('No first snapshot', thrown);
}

export function createServices(bridge: Bridge): Services {
  const uploads = createMirror({
    get: bridge.getUploads,
    onChanged: bridge.onUploadsChanged,
    reuse: reuseUploads,
    onError,
  });
  return {
    bridge,
    uploads,
    rows: deriveMirror<UploadList, readonly Row[]>(uploads, (list, before) => rowsOf(list.uploads, before ?? [])),
    settings: createMirror({ get: bridge.getSettings, onChanged: bridge.onSettingsChanged, onError }),
    migration: createMirror({ get: bridge.getMigration, onChanged: bridge.onMigrationChanged, onError }),
  };
}

const ServicesContext = createContext<Services | null>(null);

export function ServicesProvider(props: { readonly services: Services; readonly children: ReactNode }) {
  return <ServicesContext value={props.services}>{props.children}</ServicesContext>;
}

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('useServices outside of ServicesProvider');
  return services;
}

export function useBridge(): Bridge {
  return useServices().bridge;
}
