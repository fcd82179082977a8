import { Button } from 'react-aria-components';
import type { LineState } from '../../shared/upload.ts';
import { useOpenPanel } from '../state/panels.tsx';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { SpeedPlot } from '../ui/SpeedPlot.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';

interface LinePlotProps {
  readonly line: LineState;
  readonly bytesPerSecond: number | null;
}

/** The speed of the last minutes: small in the foot, larger and with its numbers on hover and focus. */
export function LinePlot({ line, bytesPerSecond }: LinePlotProps) {
  const { window: words, queue, format } = useTexts();
  const { preferences } = useSettings();
  const openPanel = useOpenPanel();
  if (line.speeds.length < 2) return null;
  const now = format.speed(bytesPerSecond ?? 0);
  const most = format.speed(Math.max(0, ...line.speeds));
  const around = [words.connections(line.connections), words.inParallel(preferences.filesInParallel)];
  const tip = (
    <span className="line-tip">
      <span className="tooltip-title">{words.speed}</span>
      <SpeedPlot speeds={line.speeds} label={null} width={240} height={56} />
      <span>{`${words.speedNow} ${now} · ${words.speedMost} ${most}`}</span>
      <span>{around.join(' · ')}</span>
    </span>
  );
  return (
    <Tooltip text={tip}>
      <Button
        className="foot-button foot-plot"
        aria-label={`${queue.speedOverTime(now, most)}. ${words.adjustSending}`}
        onPress={() => openPanel({ kind: 'settings', place: 'sending' })}
      >
        <SpeedPlot speeds={line.speeds} label={null} width={112} height={22} />
      </Button>
    </Tooltip>
  );
}
