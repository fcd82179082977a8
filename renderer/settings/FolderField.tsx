import { CircleAlert, Folder } from 'lucide-react';
import { useId, useState } from 'react';
import { Group } from 'react-aria-components';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import type { DestinationFormState } from './use-destination-form.ts';

/** Chosen in the system's dialog and never typed: the window cannot name a path that no person has pointed at. */
export function FolderField({ form }: { readonly form: DestinationFormState }) {
  const { destination: words, format } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const { start, values } = form;
  const [known, setKnown] = useState({ folder: start.values.folder, freeBytes: start.freeBytes });
  const id = useId();
  const { label, help } = words.fields.folder;
  const problem = form.problems.has('folder') ? words.fields.folder.problem : null;
  const freeBytes = known.folder === values.folder ? known.freeBytes : null;

  const choose = async () => {
    const chosen = await command(bridge.chooseFolder());
    if (chosen === undefined || chosen === null) return;
    setKnown(chosen);
    form.change({ folder: chosen.folder });
  };
  return (
    <Group className="field" aria-labelledby={`${id}-label`} aria-describedby={`${id}-help`}>
      <span className="field-label" id={`${id}-label`}>
        {label}
      </span>
      <div className={`field-control folder ${problem === null ? '' : 'folder-missing'}`}>
        <Folder className="icon" aria-hidden />
        <span className="folder-words">
          <span className={`folder-path ${values.folder === '' ? 'folder-none' : ''}`}>
            {values.folder === '' ? words.noFolder : values.folder}
          </span>
          {freeBytes !== null && <span className="folder-free">{words.freeSpace(format.bytes(freeBytes))}</span>}
        </span>
        <Button className={problem === null ? '' : 'to-mend'} onPress={() => void choose()}>
          {words.chooseFolder}
        </Button>
      </div>
      {problem !== null && (
        <span className="field-problem">
          <CircleAlert className="icon" aria-hidden />
          {problem}
        </span>
      )}
      <span className="field-help" id={`${id}-help`}>
        {help}
      </span>
    </Group>
  );
}
