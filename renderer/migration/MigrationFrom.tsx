import { FolderOpen } from 'lucide-react';
import type { MigrationRequest } from '../../shared/migration.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { RadioList } from '../ui/RadioList.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';

interface MigrationFromProps {
  readonly folderName: string | null;
  readonly request: MigrationRequest;
  readonly onChange: (changes: Pick<MigrationRequest, 'source'>) => void;
}

/** The place where the videos are now. */
export function MigrationFrom({ folderName, request, onChange }: MigrationFromProps) {
  const { migration: words } = useTexts();
  const { destinations } = useSettings();
  const { source, destinationId } = request;
  const others = destinations.map(({ destination }) => destination).filter(({ id }) => id !== destinationId);
  const other = others[0];
  const onKind = (kind: 'folder' | 'destination') => {
    if (kind === 'folder') onChange({ source: { kind } });
    else if (other !== undefined) onChange({ source: { kind, id: other.id, prefix: '' } });
  };
  return (
    <div className="migration-from">
      <RadioList
        label={words.from}
        {...(other === undefined ? { help: words.noOther } : {})}
        value={source.kind}
        options={[
          { value: 'folder', text: words.fromFolder, help: words.fromFolderHelp },
          ...(other === undefined
            ? []
            : [{ value: 'destination', text: words.fromDestination, help: words.fromDestinationHelp } as const]),
        ]}
        onChange={onKind}
      />
      {source.kind === 'folder' ? (
        <ChosenFolder name={folderName} />
      ) : (
        <div className="migration-place">
          <Select
            label={words.source}
            value={source.id}
            options={others.map(({ id, name }) => ({ value: id, text: name }))}
            onChange={(id) => onChange({ source: { ...source, id } })}
          />
          <TextField
            label={words.below}
            help={words.belowHelp}
            value={source.prefix}
            onChange={(prefix) => onChange({ source: { ...source, prefix } })}
          />
        </div>
      )}
    </div>
  );
}

function ChosenFolder({ name }: { readonly name: string | null }) {
  const { migration: words } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  return (
    <div className="migration-place migration-folder">
      <FolderOpen className="icon" aria-hidden />
      <span className={name === null ? 'care-muted' : 'migration-folder-name'}>{name ?? words.noFolder}</span>
      <span className="form-spring" />
      <Button onPress={() => void command(bridge.chooseMigrationFolder())}>
        {name === null ? words.chooseFolder : words.chooseOther}
      </Button>
    </div>
  );
}
