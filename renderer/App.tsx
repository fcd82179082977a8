import { useEffect, useState } from 'react';
import type { Preferences, SettingsSnapshot } from '../shared/settings.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { CareDialog } from './care/CareDialog.tsx';
import { MigrationDialog } from './migration/MigrationDialog.tsx';
import { MainView } from './queue/MainView.tsx';
import { QuitDialog } from './queue/QuitDialog.tsx';
import { AddDestination, EditDestination } from './settings/DestinationPanels.tsx';
import { FirstRun } from './settings/FirstRun.tsx';
import { SettingsDialog } from './settings/SettingsDialog.tsx';
import type { Panel } from './state/panels.tsx';
import { PanelProvider } from './state/panels.tsx';
import type { Services } from './state/services.tsx';
import { ServicesProvider } from './state/services.tsx';
import { useSettingsOrNull } from './state/use-settings.ts';
import { TextProvider, useTexts } from './text/TextProvider.tsx';
import { ToastProvider } from './ui/Toast.tsx';

export function App({ services }: { readonly services: Services }) {
  return (
    <ServicesProvider services={services}>
      <Window />
    </ServicesProvider>
  );
}

/** Empty for the milliseconds until the main process has said who we are and where we send. */
function Window() {
  const settings = useSettingsOrNull();
  useTheme(settings?.preferences.theme ?? 'system');
  if (settings === null) return null;
  return (
    <TextProvider preference={settings.preferences.language} systemLocales={settings.systemLocales}>
      <WindowContent settings={settings} />
    </TextProvider>
  );
}

function WindowContent({ settings }: { readonly settings: SettingsSnapshot }) {
  const { window: words } = useTexts();
  const [panel, setPanel] = useState<Panel | null>(null);
  return (
    <ToastProvider regionLabel={words.notifications} closeLabel={words.dismiss}>
      <ErrorBoundary title={words.brokenTitle} body={words.brokenBody} reload={words.reload}>
        <PanelProvider open={setPanel}>
          {settings.currentDestinationId === null ? <FirstRun /> : <MainView />}
          <OpenPanel panel={panel} settings={settings} onClose={() => setPanel(null)} />
        </PanelProvider>
      </ErrorBoundary>
      <QuitDialog />
    </ToastProvider>
  );
}

interface OpenPanelProps {
  readonly panel: Panel | null;
  readonly settings: SettingsSnapshot;
  readonly onClose: () => void;
}

function OpenPanel({ panel, settings, onClose }: OpenPanelProps) {
  if (panel === null) return null;
  if (panel.kind === 'settings') return <SettingsDialog place={panel.place} onClose={onClose} />;
  if (panel.kind === 'migration') return <MigrationDialog onClose={onClose} />;
  if (panel.kind === 'add-destination') return <AddDestination onClose={onClose} />;
  const info = settings.destinations.find((candidate) => candidate.destination.id === panel.id);
  // A destination that was removed meanwhile cannot be opened; the list of those that are left helps further.
  if (info === undefined) return <SettingsDialog place="destinations" onClose={onClose} />;
  if (panel.kind === 'destination') return <CareDialog key={panel.id} info={info} tab={panel.tab} onClose={onClose} />;
  if (info.destination.kind === 'practice') {
    return <SettingsDialog place="destinations" onClose={onClose} />;
  }
  return <EditDestination key={panel.id} info={info} changesKey={panel.changesKey} onClose={onClose} />;
}

function useTheme(theme: Preferences['theme']): void {
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}
