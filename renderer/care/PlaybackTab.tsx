import { Check, Minus } from 'lucide-react';
import { useEffect } from 'react';
import type { CorsRule } from '../../shared/cors.ts';
import { mayPlay } from '../../shared/cors.ts';
import type { CorsState } from '../../shared/storage.ts';
import { useAsked } from '../state/asked.ts';
import { useBridge } from '../state/services.tsx';
import { useTexts } from '../text/TextProvider.tsx';
import { CareRefusal } from './CareRefusal.tsx';
import { LetInForm } from './LetInForm.tsx';
import { Waiting } from './Waiting.tsx';

interface PlaybackTabProps {
  readonly id: string;
  readonly kind: 'r2' | 's3';
}

/** Which sites may play the videos, and a way to let another one in. */
export function PlaybackTab({ id, kind }: PlaybackTabProps) {
  const { care } = useTexts();
  const words = care.playback;
  const bridge = useBridge();
  const { asked, ask, setAsked } = useAsked<CorsState>();
  useEffect(() => void ask(bridge.readCors(id)), [ask, bridge, id]);
  return (
    <div className="care">
      <p className="care-intro">{words.intro}</p>
      {asked.state === 'asking' && <Waiting words={words.reading} />}
      {asked.state === 'refused' && (
        <CareRefusal
          title={words.refused}
          error={asked.error}
          destinationId={id}
          onAgain={() => void ask(bridge.readCors(id))}
        />
      )}
      {asked.state === 'answered' && (
        <>
          <Rules state={asked.answer} />
          <LetInForm
            id={id}
            kind={kind}
            state={asked.answer}
            onChanged={(answer) => setAsked({ state: 'answered', answer })}
          />
        </>
      )}
    </div>
  );
}

function Rules({ state: { rules, isReadable } }: { readonly state: CorsState }) {
  const { care } = useTexts();
  const words = care.playback;
  if (!isReadable) {
    return (
      <div className="note note-warning">
        <p className="note-title">{words.hidden}</p>
        <p>{words.hiddenHint}</p>
      </div>
    );
  }
  return (
    <section>
      <h3 className="care-heading">{words.now}</h3>
      {rules.length === 0 ? (
        <p className="care-muted">{words.nobody}</p>
      ) : (
        <ul className="cors-rules">
          {rules.flatMap((rule, index) =>
            rule.origins.map((origin) => <Site key={`${index}/${origin}`} origin={origin} rule={rule} />),
          )}
        </ul>
      )}
    </section>
  );
}

function Site({ origin, rule }: { readonly origin: string; readonly rule: CorsRule }) {
  const { care, format } = useTexts();
  const words = care.playback;
  const plays = mayPlay([rule], origin);
  const Icon = plays ? Check : Minus;
  return (
    <li className={`cors-site ${plays ? 'cors-plays' : ''}`}>
      <Icon className="icon" aria-hidden />
      <span className="cors-origin">{origin === '*' ? words.anySite : origin}</span>
      <span className="care-muted">
        {plays ? words.mayPlay : `${words.maySend(format.list(rule.methods))}: ${words.mayNotPlay}`}
      </span>
    </li>
  );
}
