import { useTexts } from '../text/TextProvider.tsx';
import { More } from '../ui/More.tsx';
import { Select } from '../ui/Select.tsx';
import type { SelectOption } from '../ui/Select.tsx';
import { ProxySettings } from './ProxySettings.tsx';
import { usePreferences } from './use-preferences.ts';

const fileCounts = [1, 2, 3, 4, 6, 8];
const partCounts = [1, 2, 4, 6, 8, 12, 16, 24, 32];
const partSizes = [5, 8, 16, 32, 64, 128];
const thresholds = [5, 16, 50, 100, 200];
const linkHours = [1, 24, 168];

/** How many files at once and how long links last; below, closed, what hardly anybody has to touch. */
export function SendingSettings() {
  const { settings: words, format } = useTexts();
  const { preferences, change } = usePreferences();
  return (
    <div className="form-fields">
      <Select
        label={words.filesInParallel}
        help={words.filesInParallelHelp}
        value={preferences.filesInParallel}
        options={optionsWith(fileCounts, preferences.filesInParallel, format.integer)}
        onChange={(filesInParallel) => change({ filesInParallel })}
      />
      <Select
        label={words.linkLifetime}
        help={words.linkLifetimeHelp}
        value={preferences.linkHours}
        options={optionsWith(linkHours, preferences.linkHours, words.linkHours)}
        onChange={(hours) => change({ linkHours: hours })}
      />
      <ProxySettings />
      <More title={words.fineTuning}>
        <FineTuning />
      </More>
    </div>
  );
}

function FineTuning() {
  const { settings: words, format } = useTexts();
  const { preferences, change } = usePreferences();
  const mebibytes = (value: number) => `${format.integer(value)} MiB`;
  const automatic = { value: 'auto', text: words.automatic } as const;
  const { partsInParallel, partSizeMiB, multipartThresholdMiB } = preferences;
  return (
    <>
      <Select
        label={words.partsInParallel}
        help={words.partsInParallelHelp}
        value={partsInParallel}
        options={[automatic, ...optionsWith(partCounts, partsInParallel, format.integer)]}
        onChange={(parts) => change({ partsInParallel: parts })}
      />
      <Select
        label={words.partSize}
        help={words.partSizeHelp}
        value={partSizeMiB}
        options={[automatic, ...optionsWith(partSizes, partSizeMiB, mebibytes)]}
        onChange={(size) => change({ partSizeMiB: size })}
      />
      <Select
        label={words.threshold}
        help={words.thresholdHelp}
        value={multipartThresholdMiB}
        options={optionsWith(thresholds, multipartThresholdMiB, mebibytes)}
        onChange={(threshold) => change({ multipartThresholdMiB: threshold })}
      />
    </>
  );
}

/** The usual values, and the one in force where it is another. */
function optionsWith(
  usual: readonly number[],
  current: number | 'auto',
  text: (value: number) => string,
): readonly SelectOption<number>[] {
  const values = current === 'auto' ? usual : [...new Set([...usual, current])];
  return values.toSorted((a, b) => a - b).map((value) => ({ value, text: text(value) }));
}
