import { currentDestination, useSettings } from '../state/use-settings.ts';
import { useUploads } from '../state/use-uploads.ts';
import { Announcer } from './Announcer.tsx';
import { DestinationBanner } from './DestinationBanner.tsx';
import { DropZone } from './DropZone.tsx';
import { EmptyQueue } from './EmptyQueue.tsx';
import { RefusedFiles } from './RefusedFiles.tsx';
import { SetAsideNotice } from './SetAsideNotice.tsx';
import { TopBar } from './TopBar.tsx';
import { Totals } from './Totals.tsx';
import { UploadList } from './UploadList.tsx';
import { useAddFiles } from './use-add-files.ts';
import { useWindowKeys } from './use-window-keys.ts';
import './bars.css';
import './drop.css';

/** Where the app is used: bar, list, foot. The whole of it takes files. */
export function MainView() {
  const { uploads } = useUploads();
  const settings = useSettings();
  const { refused, addFiles, chooseFiles, forgetRefused } = useAddFiles();
  const destinationName = currentDestination(settings)?.destination.name ?? '';
  useWindowKeys({ onAdd: chooseFiles });
  return (
    <DropZone destinationName={destinationName} onFiles={addFiles}>
      <TopBar onAdd={chooseFiles} />
      <main className="main">
        <DestinationBanner />
        <SetAsideNotice />
        {refused.length > 0 && <RefusedFiles refused={refused} onDismiss={forgetRefused} />}
        {uploads.length === 0 ? (
          <EmptyQueue destinationName={destinationName} onChoose={chooseFiles} />
        ) : (
          <UploadList uploads={uploads} />
        )}
      </main>
      {uploads.length > 0 && <Totals />}
      <Announcer />
    </DropZone>
  );
}
