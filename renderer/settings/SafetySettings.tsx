import { FolderLock } from 'lucide-react';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { RadioList } from '../ui/RadioList.tsx';
import type { RadioOption } from '../ui/RadioList.tsx';
import { Select } from '../ui/Select.tsx';
import type { SelectOption } from '../ui/Select.tsx';
import { usePreferences } from './use-preferences.ts';
import './names.css';

/** Minutes. */
const holdTimes = [1, 5, 10, 30, 60];
/** Hours; the second one is what most people want. */
const removeTimes = [0, 24, 168];
const suggestedHours = 24;
const never = 'never';

/** What keeps videos from getting lost, and what becomes of the files once they are safe. */
export function SafetySettings() {
  return (
    <div className="form-fields settings-groups">
      <Holding />
      <LocalFiles />
    </div>
  );
}

function Holding() {
  const { settings, format } = useTexts();
  const words = settings.safety;
  const { folders } = useSettings();
  const { preferences, change } = usePreferences();
  const { holdAfterMinutes } = preferences;
  const options: readonly SelectOption<string>[] = [
    { value: never, text: words.holdNever },
    ...withCurrent(holdTimes, holdAfterMinutes).map((minutes) => ({
      value: String(minutes),
      text: words.holdAfter(format.duration(minutes * 60)),
    })),
  ];
  return (
    <div className="settings-group">
      <Select
        label={words.hold}
        help={words.holdHelp}
        value={String(holdAfterMinutes ?? never)}
        options={options}
        onChange={(value) => change({ holdAfterMinutes: value === never ? null : Number(value) })}
      />
      {holdAfterMinutes !== null && (
        <p className="settings-aside">
          <FolderLock className="icon" aria-hidden />
          <span>{words.holdFolder(folders.holding)}</span>
        </p>
      )}
    </div>
  );
}

function LocalFiles() {
  const { settings } = useTexts();
  const words = settings.safety;
  const { preferences, change } = usePreferences();
  const { removeLocalAfterHours } = preferences;
  const options: readonly RadioOption<string>[] = [
    { value: never, text: words.removeNever, help: words.removeNeverHelp },
    ...withCurrent(removeTimes, removeLocalAfterHours).map((hours) => ({
      value: String(hours),
      text: hours === 0 ? words.removeAtOnce : words.removeAfter(settings.linkHours(hours)),
      ...(hours === suggestedHours ? { mark: words.suggested } : {}),
    })),
  ];
  return (
    <RadioList
      label={words.remove}
      help={words.removeHelp}
      value={String(removeLocalAfterHours ?? never)}
      options={options}
      onChange={(value) => change({ removeLocalAfterHours: value === never ? null : Number(value) })}
    />
  );
}

/** The usual times, and the one in force where it is another. */
function withCurrent(usual: readonly number[], current: number | null): readonly number[] {
  return [...new Set(current === null ? usual : [...usual, current])].toSorted((a, b) => a - b);
}
