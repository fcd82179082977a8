import { Copy } from 'lucide-react';
import { useState } from 'react';
import { corsJson } from '../../shared/cors.ts';
import type { CorsState } from '../../shared/storage.ts';
import { useAsked } from '../state/asked.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/TextField.tsx';
import { useToast } from '../ui/Toast.tsx';
import { CareRefusal } from './CareRefusal.tsx';
import { corsChange, typedOrigins } from './typed-origins.ts';
import type { CorsChange } from './typed-origins.ts';

interface LetInFormProps {
  readonly id: string;
  readonly kind: 'r2' | 's3';
  readonly state: CorsState;
  readonly onChanged: (state: CorsState) => void;
}

/** Sites to let in: what would change is shown first, then applied, or copied where the key may not. */
export function LetInForm({ id, kind, state, onChanged }: LetInFormProps) {
  const { care } = useTexts();
  const words = care.playback;
  const bridge = useBridge();
  const toast = useToast();
  const [text, setText] = useState('');
  const { asked, ask, forget } = useAsked<CorsState>();
  const { origins, wrong } = typedOrigins(text);
  const change = corsChange(state.rules, origins);
  const mayNot = !state.isReadable || (asked.state === 'refused' && asked.error.code === 'access-denied');

  const apply = async () => {
    const outcome = await ask(bridge.letInOrigins(id, [...origins]));
    if (outcome.state !== 'answered') return;
    onChanged(outcome.answer);
    setText('');
    toast({ tone: 'success', title: words.applied, ...(kind === 'r2' ? { body: words.soon } : {}) });
  };
  return (
    <div className="care-group">
      <TextField
        label={words.sites}
        help={words.sitesHelp}
        placeholder="https://www.ensinalab.com.br"
        value={text}
        problem={wrong === null ? null : words.problems[wrong.problem](wrong.typed)}
        onChange={(next) => {
          setText(next);
          forget();
        }}
      />
      {origins.length > 0 && change.added.length === 0 && <p className="care-muted">{words.nothingToDo(origins.length)}</p>}
      {change.added.length > 0 && (
        <>
          <Change change={change} />
          {mayNot ? (
            <CopyRules kind={kind} change={change} isReadable={state.isReadable} />
          ) : (
            <div className="care-buttons">
              <Button tone="accent" isDisabled={asked.state === 'asking'} onPress={() => void apply()}>
                {asked.state === 'asking' ? words.applying : words.apply}
              </Button>
              {kind === 'r2' && <span className="care-muted">{words.soon}</span>}
            </div>
          )}
        </>
      )}
      {asked.state === 'refused' && !mayNot && (
        <CareRefusal title={words.refused} error={asked.error} destinationId={id} />
      )}
    </div>
  );
}

/** As a comparison: what is added, and that nothing else is touched. */
function Change({ change: { added, isExtended, others } }: { readonly change: CorsChange }) {
  const { care } = useTexts();
  const words = care.playback;
  return (
    <section className="cors-change" aria-label={words.change}>
      <p className="cors-change-title">{isExtended ? words.ourRule : words.newRule}</p>
      <ul>
        {added.map((origin) => (
          <li key={origin} className="cors-added">
            <span aria-hidden>+</span>
            <span>
              <span className="cors-origin">{origin === '*' ? words.anySite : origin}</span> {words.allows}
            </span>
          </li>
        ))}
      </ul>
      {others > 0 && <p className="care-muted">{words.others(others)}</p>}
    </section>
  );
}

interface CopyRulesProps {
  readonly kind: 'r2' | 's3';
  readonly change: CorsChange;
  readonly isReadable: boolean;
}

function CopyRules({ kind, change, isReadable }: CopyRulesProps) {
  const { care } = useTexts();
  const words = care.playback;
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const copy = async () => {
    if ((await command(bridge.copyDetails(corsJson(change.rules)))) === undefined) return;
    toast({ tone: 'success', title: words.jsonCopied });
  };
  return (
    <div className="note note-warning" role="alert">
      <p>
        {words.denied} <strong>{words.where[kind]}</strong>
      </p>
      {!isReadable && <p>{words.joinThem}</p>}
      <p className="test-aside">
        <Button icon={Copy} onPress={() => void copy()}>
          {words.copyJson}
        </Button>
      </p>
    </div>
  );
}
