import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { LimitsSettings } from '../limits/LimitsSettings.tsx';
import type { Panel } from '../state/panels.tsx';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { DestinationSettings } from './DestinationSettings.tsx';
import { GeneralSettings } from './GeneralSettings.tsx';
import { NamesSettings } from './NamesSettings.tsx';
import { SafetySettings } from './SafetySettings.tsx';
import { SendingSettings } from './SendingSettings.tsx';
import './settings.css';

type Place = Extract<Panel, { kind: 'settings' }>['place'];

export function SettingsDialog({ place, onClose }: { readonly place: Place; readonly onClose: () => void }) {
  const { settings: words, window: windowWords } = useTexts();
  const { appVersion } = useSettings();
  return (
    <Dialog title={words.title} closeLabel={windowWords.close} onClose={onClose} size="large">
      <Tabs className="tabs" orientation="vertical" defaultSelectedKey={place}>
        <div className="tabs-side">
          <TabList className="tab-list" aria-label={words.title}>
            <Tab id="destinations" className="tab">
              {words.destinations}
            </Tab>
            <Tab id="sending" className="tab">
              {words.sending}
            </Tab>
            <Tab id="limits" className="tab">
              {words.limits}
            </Tab>
            <Tab id="names" className="tab">
              {words.names.tab}
            </Tab>
            <Tab id="safety" className="tab">
              {words.safety.tab}
            </Tab>
            <Tab id="general" className="tab">
              {words.general}
            </Tab>
          </TabList>
          <p className="version">{words.version(appVersion)}</p>
        </div>
        <TabPanel id="destinations" className="tab-panel">
          <DestinationSettings />
        </TabPanel>
        <TabPanel id="sending" className="tab-panel">
          <SendingSettings />
        </TabPanel>
        <TabPanel id="limits" className="tab-panel">
          <LimitsSettings />
        </TabPanel>
        <TabPanel id="names" className="tab-panel">
          <NamesSettings />
        </TabPanel>
        <TabPanel id="safety" className="tab-panel">
          <SafetySettings />
        </TabPanel>
        <TabPanel id="general" className="tab-panel">
          <GeneralSettings />
        </TabPanel>
      </Tabs>
    </Dialog>
  );
}
