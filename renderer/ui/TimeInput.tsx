import { Time } from '@internationalized/date';
import { DateInput, DateSegment, Label, TimeField } from 'react-aria-components';
import './field.css';

interface TimeInputProps {
  readonly label: string;
  /** Minutes after midnight. */
  readonly minutes: number;
  readonly onChange: (minutes: number) => void;
}

/** A time of day as it is written where the person lives, with 12 hours or with 24. */
export function TimeInput({ label, minutes, onChange }: TimeInputProps) {
  return (
    <TimeField
      className="time"
      shouldForceLeadingZeros
      value={new Time(Math.floor(minutes / 60) % 24, minutes % 60)}
      onChange={(time) => time !== null && onChange(time.hour * 60 + time.minute)}
    >
      <Label className="field-label">{label}</Label>
      <DateInput className="input time-input">
        {(segment) => <DateSegment segment={segment} className="time-segment" />}
      </DateInput>
    </TimeField>
  );
}
