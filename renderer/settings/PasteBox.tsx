import { Check, ClipboardPaste, Info } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { useTexts } from '../text/TextProvider.tsx';
import { TextField } from '../ui/TextField.tsx';
import type { DestinationFormState } from './use-destination-form.ts';

/** A place to paste a whole block into; its secrets do not stay in it. */
export function PasteBox({ form }: { readonly form: DestinationFormState }) {
  const { destination: words, format } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [isUnknown, setUnknown] = useState(false);

  const take = (pasted: string) => {
    const isTaken = form.paste(pasted);
    setText(isTaken ? '' : pasted);
    setUnknown(!isTaken && pasted.trim() !== '');
    if (isTaken) setOpen(false);
  };
  const names = form.filled.map((field) => words.fields[field].label);
  return (
    <div className="paste">
      <Disclosure isExpanded={isOpen} onExpandedChange={setOpen}>
        <Heading level={2} className="more-head">
          <AriaButton slot="trigger" className="paste-button">
            <ClipboardPaste className="icon" aria-hidden />
            <span className="paste-title">{words.pasteTitle}</span>
            <span className="paste-help">{words.pasteHelp}</span>
          </AriaButton>
        </Heading>
        <DisclosurePanel className="paste-panel">
          <TextField
            label={words.pasteTitle}
            rows={5}
            placeholder={words.pastePlaceholder}
            value={text}
            onChange={take}
          />
        </DisclosurePanel>
      </Disclosure>
      <output className="paste-answer">
        {isUnknown && (
          <span className="paste-unknown">
            <Info className="icon" aria-hidden />
            {words.pasteNothing}
          </span>
        )}
        {!isUnknown && names.length > 0 && (
          <span className="paste-filled">
            <Check className="icon" aria-hidden />
            {words.pasteFilled(format.list(names), names.length)}
          </span>
        )}
      </output>
    </div>
  );
}
