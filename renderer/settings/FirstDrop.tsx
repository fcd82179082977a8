import { DropDrawing } from '../queue/DropDrawing.tsx';
import '../queue/drop.css';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useWindowDrop } from '../state/use-window-drop.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { useToast } from '../ui/Toast.tsx';

/** As many names of refused files as a short message has room for. */
const namedAtMost = 3;

/** Files may be dropped before anybody has chosen where they go: they stay on this computer. */
export function FirstDrop() {
  const { destination: words, window: windowWords, errorText } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const addFiles = async (files: readonly File[]) => {
    const report = await command(bridge.addFiles(files, { destinationIds: null, waits: false }));
    if (report === undefined || report.refused.length === 0) return;
    const named = report.refused.slice(0, namedAtMost).map(({ name, code }) => `${name}: ${errorText({ code }).cause}`);
    const rest = report.refused.length - named.length;
    // A message, because this screen makes room for the list as soon as one file has been taken.
    toast({
      tone: 'danger',
      title: windowWords.refusedTitle(report.refused.length),
      body: [...named, ...(rest > 0 ? [windowWords.refusedMore(rest)] : [])].join(' · '),
    });
  };
  const hovering = useWindowDrop((files) => void addFiles(files));
  return (
    <>
      <p className="first-run-drop">{words.dropHere}</p>
      {hovering !== null && (
        <div className="drop-overlay" aria-hidden>
          <div className="drop-card">
            <DropDrawing isOpen />
            <p className="drop-words">
              {windowWords.dropTo} <strong>{words.thisComputerName}</strong>
            </p>
            {hovering.count > 0 && <p className="drop-count">{windowWords.dropCount(hovering.count)}</p>}
          </div>
        </div>
      )}
    </>
  );
}
