import { useState } from 'react';
import type { MigrationRequest, MigrationState } from '../../shared/migration.ts';
import { useBridge } from '../state/services.tsx';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { RadioList } from '../ui/RadioList.tsx';
import { Select } from '../ui/Select.tsx';
import { MigrationFrom } from './MigrationFrom.tsx';
import { MigrationRefusal } from './MigrationRefusal.tsx';
import { usePending } from './use-pending.ts';

interface MigrationFormProps {
  readonly migration: MigrationState;
  readonly onPlanned: () => void;
}

/** Where from, where to, and what happens to names that are taken. */
export function MigrationForm({ migration, onPlanned }: MigrationFormProps) {
  const { migration: words } = useTexts();
  const bridge = useBridge();
  const { isPending, begin } = usePending(migration.revision);
  const { destinations } = useSettings();
  const { request, change, aimAt } = useRequest(migration.request);
  const isWhole = request.source.kind === 'destination' ? request.source.id !== request.destinationId : migration.folderName !== null;
  const onPlan = async () => {
    if (await begin(() => bridge.planMigration(request))) onPlanned();
  };
  return (
    <div className="care migration">
      <p className="care-intro">{words.intro}</p>
      {migration.error !== null && !migration.isPlanned && (
        <MigrationRefusal migration={migration} title={words.failedPlan} error={migration.error} />
      )}
      <MigrationFrom folderName={migration.folderName} request={request} onChange={change} />
      <Select
        label={words.to}
        value={request.destinationId}
        options={destinations.map(({ destination }) => ({ value: destination.id, text: destination.name }))}
        onChange={aimAt}
      />
      <RadioList
        label={words.onDifferent}
        value={request.onDifferent}
        options={(['skip', 'rename', 'replace'] as const).map((value) => ({
          value,
          text: words.rules[value],
          help: words.rulesHelp[value],
        }))}
        onChange={(onDifferent) => change({ onDifferent })}
      />
      <footer className="dialog-buttons migration-buttons">
        <p className="care-muted migration-hint">{words.planHelp}</p>
        <span className="form-spring" />
        <Button tone="accent" isDisabled={!isWhole} isPending={isPending} onPress={() => void onPlan()}>
          {words.plan}
        </Button>
      </footer>
    </div>
  );
}

/** What was asked for the last time, or what is likely: from a folder to the destination in use. */
function useRequest(last: MigrationRequest | null) {
  const { currentDestinationId, destinations } = useSettings();
  const ids = new Set(destinations.map(({ destination }) => destination.id));
  const isThere = last !== null && ids.has(last.destinationId) && (last.source.kind === 'folder' || ids.has(last.source.id));
  const [request, setRequest] = useState<MigrationRequest>(
    isThere ? last : { source: { kind: 'folder' }, destinationId: currentDestinationId ?? '', onDifferent: 'skip' },
  );
  const change = (changes: Partial<MigrationRequest>) => setRequest((before) => ({ ...before, ...changes }));
  /** A source that becomes the target trades places with the old one: nothing is brought from a place into itself. */
  const aimAt = (destinationId: string) =>
    setRequest((before) => {
      const isSource = before.source.kind === 'destination' && before.source.id === destinationId;
      const source = isSource ? ({ kind: 'destination', id: before.destinationId, prefix: '' } as const) : before.source;
      return { ...before, destinationId, source };
    });
  return { request, change, aimAt };
}
