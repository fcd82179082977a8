import { useState } from 'react';
import { Checkbox, Label, Radio, RadioGroup } from 'react-aria-components';
import type { ConflictRule, Upload } from '../../shared/upload.ts';
import { canSettleConflict } from '../../shared/upload.ts';
import { type Row, legsOf } from '../state/rows.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ComparedFiles } from './ComparedFiles.tsx';
import './conflict.css';

type Answer = Exclude<ConflictRule, 'ask'>;
const answers: readonly Answer[] = ['compare', 'rename', 'replace', 'skip'];

interface ConflictDialogProps {
  readonly uploads: readonly [Upload, ...Upload[]];
  readonly rows: readonly Row[];
  readonly onEnd: () => void;
}

/** Another video has the name: what stands there, what would come, and four ways on. Nothing is lost by looking. */
export function ConflictDialog({ uploads, rows, onEnd }: ConflictDialogProps) {
  const { queue, window: words } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const [answer, setAnswer] = useState<Answer>('compare');
  const [isForAll, setForAll] = useState(false);
  const [first] = uploads;
  const asked = new Set(uploads.map(({ id }) => id));
  const others = legsOf(rows).filter((upload) => canSettleConflict(upload) && upload.status === 'failed' && !asked.has(upload.id));
  const onContinue = () => {
    const all = isForAll ? [...uploads, ...others] : uploads;
    void command(bridge.settleConflict(all.map(({ id }) => id), answer));
    onEnd();
  };
  return (
    <Dialog title={queue.conflictTitle(uploads.length)} closeLabel={words.close} onClose={onEnd} size="medium">
      <ComparedFiles upload={first} more={uploads.length - 1} />
      <RadioGroup className="answers" value={answer} onChange={(value) => setAnswer(value as Answer)}>
        <Label className="visually-hidden">{queue.conflictQuestion}</Label>
        {answers.map((value) => (
          <Radio key={value} value={value} className="answer" data-danger={value === 'replace' || undefined}>
            <span className="answer-dot" aria-hidden />
            <span className="answer-text">
              <span className="answer-title">{queue.conflictAnswers[value].title}</span>
              <span className="answer-body">{queue.conflictAnswers[value].body}</span>
            </span>
          </Radio>
        ))}
      </RadioGroup>
      <footer className="dialog-buttons conflict-buttons">
        {others.length > 0 && (
          <Checkbox className="checkbox" isSelected={isForAll} onChange={setForAll}>
            <span className="checkbox-box" aria-hidden />
            {queue.conflictForAll(others.length)}
          </Checkbox>
        )}
        <span className="form-spring" />
        <Button onPress={onEnd}>{words.cancel}</Button>
        <Button tone={answer === 'replace' ? 'danger' : 'accent'} autoFocus onPress={onContinue}>
          {queue.conflictContinue[answer]}
        </Button>
      </footer>
    </Dialog>
  );
}
