import { Switch as AriaSwitch } from 'react-aria-components';
import './switch.css';

interface SwitchProps {
  readonly label: string;
  readonly help: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** On or off, at once. The help is part of the name: it is one sentence, and says what the switch is for. */
export function Switch({ label, help, isOn, onChange }: SwitchProps) {
  return (
    <AriaSwitch className="switch" isSelected={isOn} onChange={onChange}>
      <span className="switch-text">
        <span className="switch-label">{label}</span>
        <span className="switch-help">{help}</span>
      </span>
      <span className="switch-track">
        <span className="switch-knob" />
      </span>
    </AriaSwitch>
  );
}
