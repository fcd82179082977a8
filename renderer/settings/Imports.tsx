import { ChevronRight, FileInput } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import type { ImportCandidate } from '../../shared/imports.ts';
import type { Texts } from '../text/texts.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { DestinationIcon } from './DestinationIcon.tsx';
import { hasKey } from './form-start.ts';
import { useImports } from './use-imports.ts';
import './imports.css';

interface ImportsProps {
  readonly onChoose: (candidate: ImportCandidate) => void;
}

/** Behind one line: settings that somebody has put on this computer for another program. */
export function Imports({ onChoose }: ImportsProps) {
  const { destination, format } = useTexts();
  const words = destination.imports;
  const [isOpen, setOpen] = useState(false);
  const { isSearching, candidates, openFile } = useImports({ onOnlyOne: onChoose, onSeveral: () => setOpen(true) });
  return (
    <Disclosure className="more imports" isExpanded={isOpen} onExpandedChange={setOpen}>
      <div className="imports-head">
        <Heading level={2} className="more-head">
          <AriaButton slot="trigger" className="more-button">
            <ChevronRight className="icon more-chevron" aria-hidden />
            {words.title}{' '}
            {candidates.length > 0 && <span className="imports-count">{format.integer(candidates.length)}</span>}
          </AriaButton>
        </Heading>
        <Button tone="quiet" icon={FileInput} onPress={() => void openFile()}>
          {words.openFile}
        </Button>
      </div>
      <DisclosurePanel className="more-panel">
        {candidates.length === 0 ? (
          <p className="imports-none">{`${isSearching ? words.searching : words.nothing} ${words.openFileHelp}`}</p>
        ) : (
          <ul className="imports-list">
            {candidates.map((candidate) => (
              <li key={candidate.id}>
                <Candidate candidate={candidate} onChoose={() => onChoose(candidate)} />
              </li>
            ))}
          </ul>
        )}
      </DisclosurePanel>
    </Disclosure>
  );
}

function Candidate({ candidate, onChoose }: { readonly candidate: ImportCandidate; readonly onChoose: () => void }) {
  const texts = useTexts();
  const trouble = troubleOf(candidate, texts);
  return (
    <AriaButton className="import" onPress={onChoose}>
      <DestinationIcon kind={candidate.kind} />
      <span className="import-words">
        <span className="import-name">{nameOf(candidate)}</span>
        <span className="import-source">{sourceOf(candidate, texts)}</span>
        {trouble !== '' && <span className="import-trouble">{trouble}</span>}
      </span>
      <ChevronRight className="icon choice-chevron" aria-hidden />
    </AriaButton>
  );
}

function nameOf({ name, values }: ImportCandidate): string {
  return [values.bucket, values.folder, values.name, name].find((text) => text !== '') ?? '';
}

function sourceOf(candidate: ImportCandidate, { destination: { imports: words }, settings }: Texts): string {
  const { kind, origin, name, accessKeyIdHint } = candidate;
  const key = kind === 'disk' ? [] : [hasKey(candidate) ? words.key(accessKeyIdHint ?? '') : words.noKey];
  return [settings.kinds[kind], words.origins[origin](name), ...key].join(' · ');
}

/** What has to be known before choosing it: what keeps the key from being taken along, and what is not there. */
function troubleOf({ missing, obstacle, isSwitchedOn }: ImportCandidate, { destination, format }: Texts): string {
  const words = destination.imports;
  const sentences = [
    obstacle === null ? '' : words.obstacles[obstacle],
    missing.length === 0 ? '' : words.missing(format.list(missing), missing.length),
    isSwitchedOn === false ? words.switchedOff : '',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
