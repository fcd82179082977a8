import { KeyRound } from 'lucide-react';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import type { KeptKey } from './kept-key.ts';
import type { DestinationFormState } from './use-destination-form.ts';

/** In place of a key that is there already: where it is, and a way to type another one. It never comes to the window. */
export function SavedKey({ form, kept }: { readonly form: DestinationFormState; readonly kept: KeptKey }) {
  const { destination: words } = useTexts();
  const source = kept.from === 'import' ? words.imports.origins[kept.candidate.origin](kept.candidate.name) : null;
  if (form.typesKey) {
    return (
      <div className="saved-key-undo">
        <Button tone="quiet" onPress={() => form.setTypesKey(false)}>
          {source === null ? words.keepKey : words.keepImportedKey(source)}
        </Button>
      </div>
    );
  }
  return (
    <div className="field">
      <span className="field-label">{words.fields.accessKeyId.label}</span>
      <div className="field-control saved-key">
        <KeyRound className="icon" aria-hidden />
        <span className="saved-key-hint">
          {source === null ? words.savedKey(kept.hint) : words.importedKey(source, kept.hint)}
        </span>
        <Button tone="quiet" onPress={() => form.setTypesKey(true)}>
          {words.changeKey}
        </Button>
      </div>
      <span className="field-help">{source === null ? words.savedKeyHelp : words.importedKeyHelp}</span>
    </div>
  );
}
