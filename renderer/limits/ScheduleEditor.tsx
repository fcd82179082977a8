import { Briefcase, CalendarPlus, Moon } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { Button, Group } from 'react-aria-components';
import type { ScheduleRule } from '../../shared/schedule.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { RuleItem } from './RuleItem.tsx';
import { addRule, moveRule, mostRules, presets, removeRule, replaceRule } from './schedule-edit.ts';
import type { PresetName } from './schedule-edit.ts';
import { WeekPicture } from './WeekPicture.tsx';
import './rules.css';

interface ScheduleEditorProps {
  readonly general: number | null;
  readonly rules: readonly ScheduleRule[];
  readonly onChange: (rules: ScheduleRule[]) => void;
}

/** The week as it comes out, the rules that make it, one of them open at a time, and the ways to a new one. */
export function ScheduleEditor({ general, rules, onChange }: ScheduleEditorProps) {
  const { limits: words } = useTexts();
  const [open, setOpen] = useState<number | null>(null);
  const limits = [general, ...rules.map(({ mbit }) => mbit)];
  const add = (name: PresetName) => {
    onChange(addRule(rules, presets[name]));
    setOpen(name === 'own' ? rules.length : null);
  };
  const move = (index: number, by: -1 | 1) => {
    onChange(moveRule(rules, index, by));
    setOpen(open === index ? index + by : null);
  };
  const remove = (index: number) => {
    onChange(removeRule(rules, index));
    setOpen(null);
  };
  return (
    <section className="schedule" aria-labelledby="schedule-title">
      <h3 className="schedule-title" id="schedule-title">
        {words.schedule}
      </h3>
      {rules.length > 0 && (
        <p className="schedule-help">{rules.length > 1 ? words.priorityHelp : words.scheduleHelp}</p>
      )}
      {rules.length > 0 && <WeekPicture general={general} rules={rules} />}
      {rules.length > 0 && (
        <ol className="rules">
          {rules.map((rule, index) => (
            <RuleItem
              // Rules have no name of their own: their place in the list is what they are.
              // oxlint-disable-next-line react/no-array-index-key
              key={index}
              rule={rule}
              limits={limits}
              isOpen={open === index}
              canMove={{ up: index > 0, down: index < rules.length - 1 }}
              onToggle={(isOpen) => setOpen(isOpen ? index : null)}
              onChange={(changed) => onChange(replaceRule(rules, index, changed))}
              onMove={(by) => move(index, by)}
              onRemove={() => remove(index)}
            />
          ))}
        </ol>
      )}
      {rules.length < mostRules && <Presets onAdd={add} />}
    </section>
  );
}

const presetIcons: Readonly<Record<PresetName, LucideIcon>> = {
  'only-at-night': Moon,
  'slower-at-work': Briefcase,
  own: CalendarPlus,
};

function Presets({ onAdd }: { readonly onAdd: (name: PresetName) => void }) {
  const { limits: words } = useTexts();
  return (
    <Group className="presets" aria-label={words.add}>
      {(Object.keys(presetIcons) as PresetName[]).map((name) => {
        const Icon = presetIcons[name];
        return (
          <Button key={name} className="preset" onPress={() => onAdd(name)}>
            <Icon className="icon" aria-hidden />
            <span className="preset-name">{words.presets[name]}</span>
            <span className="preset-note">{words.presetNotes[name]}</span>
          </Button>
        );
      })}
    </Group>
  );
}
