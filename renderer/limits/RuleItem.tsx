import { ArrowDown, ArrowUp, ChevronRight, Trash2 } from 'lucide-react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import type { ScheduleRule } from '../../shared/schedule.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { IconButton } from '../ui/Button.tsx';
import { LimitSample } from './LimitSample.tsx';
import { RuleFields } from './RuleFields.tsx';
import { ruleWords } from './rule-words.ts';

interface RuleItemProps {
  readonly rule: ScheduleRule;
  /** Every limit of the week, to draw this one beside them. */
  readonly limits: readonly (number | null)[];
  readonly isOpen: boolean;
  readonly canMove: { readonly up: boolean; readonly down: boolean };
  readonly onToggle: (isOpen: boolean) => void;
  readonly onChange: (rule: ScheduleRule) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

/** One rule: a line that reads like a sentence, and its fields below while it is open. */
export function RuleItem(props: RuleItemProps) {
  const { rule, limits, isOpen, canMove, onToggle, onChange, onMove, onRemove } = props;
  const texts = useTexts();
  const { limits: words } = texts;
  const { days, span, effect } = ruleWords(rule, texts);
  return (
    <li className="rule">
      <Disclosure isExpanded={isOpen} onExpandedChange={onToggle}>
        <div className="rule-head">
          <Heading level={4} className="rule-heading">
            <Button slot="trigger" className="rule-button">
              <ChevronRight className="icon more-chevron" aria-hidden />
              <span className="rule-when">
                <span className="rule-days">{days}</span> <span className="rule-span">{span}</span>
              </span>
              <span className="rule-effect">
                <LimitSample className="week-sample" mbit={rule.mbit} all={limits} />
                {effect}
              </span>
            </Button>
          </Heading>
          {(canMove.up || canMove.down) && (
            <>
              <IconButton
                icon={ArrowUp}
                label={words.moveRuleUp}
                isDisabled={!canMove.up}
                onPress={() => onMove(-1)}
              />
              <IconButton
                icon={ArrowDown}
                label={words.moveRuleDown}
                isDisabled={!canMove.down}
                onPress={() => onMove(1)}
              />
            </>
          )}
          <IconButton icon={Trash2} label={words.removeRule} onPress={onRemove} />
        </div>
        <DisclosurePanel className="rule-panel">
          {isOpen && <RuleFields rule={rule} onChange={onChange} />}
        </DisclosurePanel>
      </Disclosure>
    </li>
  );
}
