import { currentDestination, useSettings } from '../state/use-settings.ts';
import { useRows } from '../state/use-rows.ts';
import { Announcer } from './Announcer.tsx';
import { DestinationBanner } from './DestinationBanner.tsx';
import { DropZone } from './DropZone.tsx';
import { EmptyQueue } from './EmptyQueue.tsx';
import { KeyMapNotice } from './KeyMapNotice.tsx';
import { MigrationNotice } from './MigrationNotice.tsx';
import { RefusedFiles } from './RefusedFiles.tsx';
import { SetAsideNotice } from './SetAsideNotice.tsx';
import { TopBar } from './TopBar.tsx';
import { Totals } from './Totals.tsx';
import { UploadList } from './UploadList.tsx';
import { ReviewDialog } from '../review/ReviewDialog.tsx';
import { everywhere, useAddFiles } from './use-add-files.ts';
import { useWindowKeys } from './use-window-keys.ts';
import './bars.css';
import './drop.css';

/** Where the app is used: bar, list, foot. The whole of it takes files. */
export function MainView() {
  const rows = useRows();
  const settings = useSettings();
  const { outside, reviewed, add, addFiles, forgetOutside, endReview } = useAddFiles();
  const destinationName = currentDestination(settings)?.destination.name ?? '';
  const copy = settings.destinations.find(({ destination }) => destination.id === settings.copyDestinationId);
  useWindowKeys({ onAdd: () => add.choose('files', everywhere) });
  return (
    <DropZone destinationName={destinationName} copyName={copy?.destination.name ?? null} onFiles={addFiles}>
      <TopBar add={add} />
      <main className="main">
        <DestinationBanner />
        <SetAsideNotice />
        <KeyMapNotice />
        <MigrationNotice />
        {(outside.refused.length > 0 || outside.leftOut > 0) && <RefusedFiles outside={outside} onDismiss={forgetOutside} />}
        {rows.length === 0 ? <EmptyQueue destinationName={destinationName} add={add} /> : <UploadList rows={rows} />}
      </main>
      {rows.length > 0 && <Totals />}
      <Announcer />
      {reviewed.length > 0 && <ReviewDialog ids={reviewed} onEnd={endReview} />}
    </DropZone>
  );
}
