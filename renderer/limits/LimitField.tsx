import { useState } from 'react';
import { bytesPerSecondOf } from '../text/limit-words.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { TextField } from '../ui/TextField.tsx';
import { parseMbit } from './parse-mbit.ts';

interface LimitFieldProps {
  readonly label: string;
  readonly help: string;
  /** Null where there is no limit. */
  readonly mbit: number | null;
  /** Without one the field has to hold a number. */
  readonly canBeEmpty: boolean;
  readonly onChange: (mbit: number | null) => void;
}

/** A limit in Mbit/s. What can be a limit counts at once; what cannot is explained and changes nothing. */
export function LimitField({ label, help, mbit, canBeEmpty, onChange }: LimitFieldProps) {
  const { limits: words, format } = useTexts();
  const [text, setText] = useState(() => (mbit === null ? '' : format.decimal(mbit)));
  const typed = parseMbit(text);
  const isMissing = 'mbit' in typed && typed.mbit === null && !canBeEmpty;
  const problem = 'problem' in typed ? typed.problem : null;
  const change = (next: string) => {
    setText(next);
    const parsed = parseMbit(next);
    if ('mbit' in parsed && parsed.mbit !== mbit && (parsed.mbit !== null || canBeEmpty)) onChange(parsed.mbit);
  };
  const speed = 'mbit' in typed && typed.mbit !== null ? format.speed(bytesPerSecondOf(typed.mbit)) : null;
  return (
    <TextField
      label={label}
      value={text}
      onChange={change}
      help={[help, speed === null ? '' : words.limitMeans(speed)].join(' ').trim()}
      problem={isMissing ? words.limitProblems['not-a-number'] : problem && words.limitProblems[problem]}
      placeholder={canBeEmpty ? words.limitNone : ''}
      unit="Mbit/s"
    />
  );
}
