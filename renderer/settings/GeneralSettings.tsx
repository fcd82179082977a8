import { Download } from 'lucide-react';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { Segments } from '../ui/Segments.tsx';
import { Select } from '../ui/Select.tsx';
import { useToast } from '../ui/Toast.tsx';
import { usePreferences } from './use-preferences.ts';

/** How the window looks and speaks, and the way to take the settings elsewhere. */
export function GeneralSettings() {
  const { settings: words } = useTexts();
  const { preferences, change } = usePreferences();
  const themes = (['system', 'light', 'dark'] as const).map((value) => ({ value, text: words.themes[value] }));
  const languages = [
    { value: 'system', text: words.languageSystem },
    // A language is called by its own name, so that it is found by those who read no other.
    { value: 'pt-BR', text: 'Português (Brasil)' },
    { value: 'en', text: 'English' },
  ] as const;
  return (
    <div className="form-fields">
      <Segments
        label={words.theme}
        value={preferences.theme}
        options={themes}
        onChange={(theme) => change({ theme })}
      />
      <Select
        label={words.language}
        value={preferences.language}
        options={languages}
        onChange={(language) => change({ language })}
      />
      <ExportSettings />
    </div>
  );
}

function ExportSettings() {
  const { settings } = useTexts();
  const words = settings.safety;
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const exportThem = async () => {
    const name = await command(bridge.exportSettings());
    if (name !== undefined && name !== null) toast({ tone: 'success', title: words.exported(name) });
  };
  return (
    <div className="field">
      <span className="field-label">{words.exportTitle}</span>
      <div className="field-control field-button">
        <Button icon={Download} onPress={() => void exportThem()}>
          {words.exportIt}
        </Button>
      </div>
      <span className="field-help">{words.exportHelp}</span>
    </div>
  );
}
