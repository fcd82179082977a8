import { Gauge } from 'lucide-react';
import { limitAt } from '../../shared/schedule.ts';
import { useNow } from '../queue/use-now.ts';
import { usePreferences } from '../settings/use-preferences.ts';
import { limitWords } from '../text/limit-words.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Switch } from '../ui/Switch.tsx';
import { LimitField } from './LimitField.tsx';
import { ScheduleEditor } from './ScheduleEditor.tsx';
import './limits.css';

/** How much of the line the uploads may take, always and at certain times; said in one sentence on top. */
export function LimitsSettings() {
  const { limits: words } = useTexts();
  const { preferences, change } = usePreferences();
  return (
    <div className="form-fields">
      <LimitNow />
      <LimitField
        label={words.limit}
        help={words.limitHelp}
        mbit={preferences.limitMbit}
        canBeEmpty
        onChange={(limitMbit) => change({ limitMbit })}
      />
      <Switch
        label={words.givesWay}
        help={words.givesWayHelp}
        isOn={preferences.givesWay}
        onChange={(givesWay) => change({ givesWay })}
      />
      <ScheduleEditor
        general={preferences.limitMbit}
        rules={preferences.schedule}
        onChange={(schedule) => change({ schedule })}
      />
    </div>
  );
}

function LimitNow() {
  const texts = useTexts();
  const { preferences } = usePreferences();
  const now = useNow(true);
  const limit = limitAt(preferences.limitMbit, preferences.schedule, now);
  return (
    <p className="limit-now">
      <Gauge className="icon" aria-hidden />
      <span>
        <strong>{texts.limits.now}</strong> {limitWords(limit, texts, now)}
      </span>
    </p>
  );
}
