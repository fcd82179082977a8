import { Pause, Play, Settings } from 'lucide-react';
import { canPause, canResume } from '../../shared/upload.ts';
import { useOpenPanel } from '../state/panels.tsx';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useUploads } from '../state/use-uploads.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { shortcut } from '../ui/shortcut.ts';
import { AddButton } from './AddButton.tsx';
import { DestinationPicker } from './DestinationPicker.tsx';
import type { AddCommands } from './use-add-files.ts';

/** Where uploads go and how that place is; adding, pausing everything, settings. */
export function TopBar({ add }: { readonly add: AddCommands }) {
  const { window: words } = useTexts();
  const { uploads } = useUploads();
  const openPanel = useOpenPanel();
  return (
    <header className="top-bar">
      <DestinationPicker />
      <div className="top-bar-actions">
        <PauseAll />
        <IconButton
          icon={Settings}
          label={words.settings}
          shortcut={shortcut(',')}
          onPress={() => openPanel({ kind: 'settings', place: 'destinations' })}
        />
        {/* The empty list has the same button, large and in the middle. */}
        {uploads.length > 0 && <AddButton add={add} />}
      </div>
    </header>
  );
}

/** Pauses whatever runs or waits; where everything is paused already, continues all of it. */
function PauseAll() {
  const { window: words } = useTexts();
  const { uploads } = useUploads();
  const bridge = useBridge();
  const command = useCommand();
  const running = uploads.filter(canPause);
  const paused = uploads.filter(canResume);
  const resumes = running.length === 0 && paused.length > 0;
  const ids = (resumes ? paused : running).map((upload) => upload.id);
  const onPress = () => void command(resumes ? bridge.resumeUploads(ids) : bridge.pauseUploads(ids));
  if (uploads.length === 0) return null;
  return (
    <Button
      tone="quiet"
      icon={resumes ? Play : Pause}
      isDisabled={ids.length === 0}
      onPress={onPress}
      className="pause-all"
    >
      {resumes ? words.resumeAll : words.pauseAll}
    </Button>
  );
}
