import { useTexts } from '../text/TextProvider.tsx';
import { Select } from '../ui/Select.tsx';
import type { SelectOption } from '../ui/Select.tsx';
import { usePreferences } from './use-preferences.ts';

const fileCounts = [1, 2, 3, 4, 6, 8];
const partCounts = [1, 2, 3, 4, 6, 8, 12, 16];
const partSizes = [5, 8, 16, 32, 64, 128];
const thresholds = [5, 16, 50, 100, 200];
const linkHours = [1, 24, 168];

/** How much at once, in what pieces, and how long links last. */
export function SendingSettings() {
  const { settings: words, format } = useTexts();
  const { preferences, change } = usePreferences();
  const count = (value: number) => format.integer(value);
  const mebibytes = (value: number) => `${format.integer(value)} MiB`;
  return (
    <div className="form-fields">
      <Select
        label={words.filesInParallel}
        help={words.filesInParallelHelp}
        value={preferences.filesInParallel}
        options={optionsWith(fileCounts, preferences.filesInParallel, count)}
        onChange={(filesInParallel) => change({ filesInParallel })}
      />
      <Select
        label={words.partsInParallel}
        help={words.partsInParallelHelp}
        value={preferences.partsInParallel}
        options={optionsWith(partCounts, preferences.partsInParallel, count)}
        onChange={(partsInParallel) => change({ partsInParallel })}
      />
      <Select
        label={words.partSize}
        help={words.partSizeHelp}
        value={preferences.partSizeMiB}
        options={optionsWith(partSizes, preferences.partSizeMiB, mebibytes)}
        onChange={(partSizeMiB) => change({ partSizeMiB })}
      />
      <Select
        label={words.threshold}
        help={words.thresholdHelp}
        value={preferences.multipartThresholdMiB}
        options={optionsWith(thresholds, preferences.multipartThresholdMiB, mebibytes)}
        onChange={(multipartThresholdMiB) => change({ multipartThresholdMiB })}
      />
      <Select
        label={words.linkLifetime}
        help={words.linkLifetimeHelp}
        value={preferences.linkHours}
        options={optionsWith(linkHours, preferences.linkHours, words.linkHours)}
        onChange={(hours) => change({ linkHours: hours })}
      />
    </div>
  );
}

/** The usual values, and the one in force where it is another. */
function optionsWith(
  usual: readonly number[],
  current: number,
  text: (value: number) => string,
): readonly SelectOption<number>[] {
  return [...new Set([...usual, current])].toSorted((a, b) => a - b).map((value) => ({ value, text: text(value) }));
}
