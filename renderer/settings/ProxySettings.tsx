import { useState } from 'react';
import { preferencesSchema } from '../../shared/settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import { usePreferences } from './use-preferences.ts';

const choices = ['system', 'direct', 'address'] as const;
type Choice = (typeof choices)[number];

/** How the internet is reached. An address counts as soon as it can be one; until then what was chosen before holds. */
export function ProxySettings() {
  const { settings: words } = useTexts();
  const { preferences, change } = usePreferences();
  const saved = choiceOf(preferences.proxy);
  const [choice, setChoice] = useState<Choice>(saved);
  const [address, setAddress] = useState(saved === 'address' ? preferences.proxy : '');
  const [isLeft, setLeft] = useState(false);
  const choose = (next: Choice) => {
    setChoice(next);
    if (next !== 'address') change({ proxy: next });
    else if (isAddress(address)) change({ proxy: address.trim() });
  };
  const type = (next: string) => {
    setAddress(next);
    if (isAddress(next)) change({ proxy: next.trim() });
  };
  return (
    <>
      <Select
        label={words.proxy}
        help={words.proxyHelp}
        value={choice}
        options={choices.map((value) => ({ value, text: words.proxies[value] }))}
        onChange={choose}
      />
      {choice === 'address' && (
        <TextField
          label={words.proxyAddress}
          help={words.proxyAddressHelp}
          value={address}
          onChange={type}
          onBlur={() => setLeft(true)}
          placeholder="http://proxy:3128"
          problem={isLeft && !isAddress(address) ? words.proxyProblem : null}
        />
      )}
    </>
  );
}

function choiceOf(proxy: string): Choice {
  return proxy === 'system' || proxy === 'direct' ? proxy : 'address';
}

function isAddress(text: string): boolean {
  return choiceOf(text.trim()) === 'address' && preferencesSchema.shape.proxy.safeParse(text).success;
}
