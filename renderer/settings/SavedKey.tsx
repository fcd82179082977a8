import { KeyRound } from 'lucide-react';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import type { DestinationFormState } from './use-destination-form.ts';

/** In place of a saved key: that it is there, and a way to type another one. It never comes back to the window. */
export function SavedKey({ form, hint }: { readonly form: DestinationFormState; readonly hint: string }) {
  const { destination: words } = useTexts();
  if (form.typesKey) {
    return (
      <div className="saved-key-undo">
        <Button tone="quiet" onPress={() => form.setTypesKey(false)}>
          {words.keepKey}
        </Button>
      </div>
    );
  }
  return (
    <div className="field">
      <span className="field-label">{words.fields.accessKeyId.label}</span>
      <div className="field-control saved-key">
        <KeyRound className="icon" aria-hidden />
        <span className="saved-key-hint">{words.savedKey(hint)}</span>
        <Button tone="quiet" onPress={() => form.setTypesKey(true)}>
          {words.changeKey}
        </Button>
      </div>
      <span className="field-help">{words.savedKeyHelp}</span>
    </div>
  );
}
