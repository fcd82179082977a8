import { useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Button as AriaButton, Group } from 'react-aria-components';
import { keyTokens, templateProblem } from '../../shared/key-template.ts';
import type { KeyToken } from '../../shared/key-template.ts';
import { useNow } from '../queue/use-now.ts';
import { currentDestination, useSettings } from '../state/use-settings.ts';
import { useUploads } from '../state/use-uploads.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { TextField } from '../ui/TextField.tsx';
import { exampleId, insertToken, previewOf } from './name-preview.ts';
import { usePreferences } from './use-preferences.ts';

/** How names are made. A template that can be one counts at once; one that cannot is explained and changes nothing. */
export function TemplateField() {
  const { settings } = useTexts();
  const words = settings.names;
  const { preferences, change } = usePreferences();
  const [template, setTemplate] = useState(preferences.keyTemplate);
  // Not the preference: that comes back later than the next letter can be typed.
  const sent = useRef(preferences.keyTemplate);
  const input = useRef<HTMLInputElement>(null);
  const problem = templateProblem(template);
  const type = (next: string) => {
    setTemplate(next);
    if (templateProblem(next) !== null || next === sent.current) return;
    sent.current = next;
    change({ keyTemplate: next });
  };
  const insert = (token: KeyToken) => {
    const { selectionStart, selectionEnd } = input.current ?? {};
    const selection = [selectionStart ?? template.length, selectionEnd ?? template.length] as const;
    const inserted = insertToken(template, token, selection);
    // React sets the value, and with it the caret to the end: only then can it go back behind the token.
    flushSync(() => type(inserted.text));
    input.current?.focus();
    input.current?.setSelectionRange(inserted.caret, inserted.caret);
  };
  return (
    <div className="template">
      <TextField
        label={words.template}
        help={words.templateHelp}
        value={template}
        problem={problem === null ? null : words.problems[problem]}
        onChange={type}
        inputRef={input}
      />
      <Group className="tokens" aria-label={words.insert}>
        {keyTokens.map((token) => (
          <AriaButton key={token} className="token" onPress={() => insert(token)}>
            <code>{`{${token}}`}</code>
            <span className="token-help">{words.tokens[token]}</span>
          </AriaButton>
        ))}
      </Group>
      <Preview template={problem === null ? template : preferences.keyTemplate} isOld={problem !== null} />
    </div>
  );
}

interface PreviewProps {
  readonly template: string;
  /** What is being typed cannot be one yet: this is the one in force. */
  readonly isOld: boolean;
}

function Preview({ template, isOld }: PreviewProps) {
  const { settings } = useTexts();
  const words = settings.names;
  const current = currentDestination(useSettings())?.destination;
  const { uploads } = useUploads();
  const now = useNow(false);
  const id = useId();
  const prefix = current?.kind === 'r2' || current?.kind === 's3' ? current.prefix : '';
  const queue = uploads.filter(({ keyEditable }) => keyEditable).map(({ name }) => name);
  const lines = previewOf(template, { prefix, now }, queue);
  return (
    <section className="preview" aria-labelledby={id}>
      <h3 className="preview-title" id={id}>
        {isOld ? words.stillHolds : words.preview}
      </h3>
      <dl className="preview-lines">
        {lines.map(({ fileName, key }) => (
          <div key={fileName} className="preview-line">
            <dt>{fileName}</dt>
            <dd>{key}</dd>
          </div>
        ))}
      </dl>
      {lines.some((line) => line.isExampleId) && <p className="preview-note">{words.exampleId(exampleId)}</p>}
    </section>
  );
}
