import { useTexts } from '../text/TextProvider.tsx';
import { Segments } from '../ui/Segments.tsx';
import { Select } from '../ui/Select.tsx';
import { usePreferences } from './use-preferences.ts';

export function AppearanceSettings() {
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
    </div>
  );
}
