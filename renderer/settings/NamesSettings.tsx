import { conflictRules } from '../../shared/upload.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { RadioList } from '../ui/RadioList.tsx';
import { Switch } from '../ui/Switch.tsx';
import { TemplateField } from './TemplateField.tsx';
import { usePreferences } from './use-preferences.ts';
import './names.css';

/** What videos are called at their destination, and what happens before they leave. */
export function NamesSettings() {
  const { settings } = useTexts();
  const words = settings.names;
  const { preferences, change } = usePreferences();
  return (
    <div className="form-fields settings-groups">
      <TemplateField />
      <RadioList
        label={words.conflict}
        help={words.conflictHelp}
        value={preferences.onConflict}
        options={conflictRules.map((value) => ({ value, ...words.rules[value] }))}
        onChange={(onConflict) => change({ onConflict })}
      />
      <Switch
        label={words.reviewsFirst}
        help={words.reviewsFirstHelp}
        isOn={preferences.reviewsFirst}
        onChange={(reviewsFirst) => change({ reviewsFirst })}
      />
      <Switch
        label={words.followsLinks}
        help={words.followsLinksHelp}
        isOn={preferences.followsLinks}
        onChange={(followsLinks) => change({ followsLinks })}
      />
    </div>
  );
}
