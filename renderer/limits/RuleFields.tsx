import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { ScheduleRule } from '../../shared/schedule.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Segments } from '../ui/Segments.tsx';
import { TimeInput } from '../ui/TimeInput.tsx';
import { LimitField } from './LimitField.tsx';
import { effectOf, endsNextDay, withDays, withEffect, withTime } from './schedule-edit.ts';

interface RuleFieldsProps {
  readonly rule: ScheduleRule;
  readonly onChange: (rule: ScheduleRule) => void;
}

/** Which days, from when to when, and what holds then. */
export function RuleFields({ rule, onChange }: RuleFieldsProps) {
  const { limits: words, format } = useTexts();
  const effects = (['nothing', 'limited', 'free'] as const).map((value) => ({ value, text: words.effects[value] }));
  return (
    <div className="rule-fields">
      <ToggleButtonGroup
        className="day-chips"
        aria-label={words.days}
        selectionMode="multiple"
        disallowEmptySelection
        selectedKeys={rule.days.map(String)}
        onSelectionChange={(days) => onChange(withDays(rule, [...days].map(Number)))}
      >
        {format.week.map(({ day, short, long }) => (
          <ToggleButton key={day} id={String(day)} className="day-chip" aria-label={long}>
            {short}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <div className="rule-times">
        <TimeInput
          label={words.from}
          minutes={rule.from}
          onChange={(minutes) => onChange(withTime(rule, 'from', minutes))}
        />
        <TimeInput label={words.to} minutes={rule.to} onChange={(minutes) => onChange(withTime(rule, 'to', minutes))} />
        {endsNextDay(rule) && <p className="rule-overnight">{words.nextDay(format.timeOfDay(rule.to))}</p>}
      </div>
      <Segments
        label={words.effect}
        value={effectOf(rule.mbit)}
        options={effects}
        onChange={(effect) => onChange(withEffect(rule, effect))}
      />
      {effectOf(rule.mbit) === 'limited' && (
        <LimitField
          label={words.ruleLimit}
          help=""
          mbit={rule.mbit}
          canBeEmpty={false}
          onChange={(mbit) => onChange({ ...rule, mbit })}
        />
      )}
    </div>
  );
}
