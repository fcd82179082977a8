import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { useToast } from '../ui/Toast.tsx';

/** The list for the web service: id, path, key, address, status. */
export function SaveMap({ isDisabled = false }: { readonly isDisabled?: boolean }) {
  const { migration: words } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const save = async () => {
    const name = await command(bridge.saveMigrationMap());
    if (typeof name === 'string') toast({ tone: 'success', title: words.mapSaved(name) });
  };
  return (
    <Button isDisabled={isDisabled} onPress={() => void save()}>
      {words.saveMap}
    </Button>
  );
}
