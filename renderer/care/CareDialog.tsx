import { useState } from 'react';
import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { DestinationInfo } from '../../shared/settings.ts';
import type { DestinationTab } from '../state/panels.tsx';
import { useTexts } from '../text/TextProvider.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { CheckTab } from './CheckTab.tsx';
import { CostsTab } from './CostsTab.tsx';
import { DeleteTab } from './DeleteTab.tsx';
import { PlaybackTab } from './PlaybackTab.tsx';
import { UnfinishedTab } from './UnfinishedTab.tsx';
import { tabFor, tabsOf } from './care-tabs.ts';
import { useDoctor } from './use-doctor.ts';
import '../settings/settings.css';
import '../settings/form.css';
import '../settings/form-answers.css';
import './care.css';
import './check.css';

interface CareDialogProps {
  readonly info: DestinationInfo;
  readonly tab: DestinationTab;
  readonly onClose: () => void;
}

/** What is done to a destination besides uploading to it. */
export function CareDialog({ info, tab, onClose }: CareDialogProps) {
  const { care: words, window: windowWords } = useTexts();
  const { destination } = info;
  const { id, kind, name } = destination;
  const [selected, setSelected] = useState(tabFor(kind, tab));
  // Here, so that it goes on while another tab is looked at.
  const doctor = useDoctor(id);
  const panels: Readonly<Record<DestinationTab, ReactNode>> = {
    check: <CheckTab destination={destination} doctor={doctor} onOpen={setSelected} />,
    playback: kind === 'r2' || kind === 's3' ? <PlaybackTab id={id} kind={kind} /> : null,
    unfinished: <UnfinishedTab id={id} kind={kind} />,
    costs: <CostsTab destination={destination} />,
    delete: <DeleteTab destination={destination} />,
  };
  return (
    <Dialog title={words.title(name)} closeLabel={windowWords.close} onClose={onClose} size="large">
      <Tabs
        className="tabs care-tabs"
        orientation="vertical"
        selectedKey={selected}
        onSelectionChange={(key) => setSelected(tabFor(kind, key as DestinationTab))}
      >
        <div className="tabs-side">
          <TabList className="tab-list" aria-label={words.title(name)}>
            {tabsOf(kind).map((each) => (
              <Tab key={each} id={each} className="tab">
                {words.tabs[each]}
              </Tab>
            ))}
          </TabList>
        </div>
        {tabsOf(kind).map((each) => (
          <TabPanel key={each} id={each} className="care-panel">
            {panels[each]}
          </TabPanel>
        ))}
      </Tabs>
    </Dialog>
  );
}
