import { Fragment } from 'react';
import { useTexts } from '../text/TextProvider.tsx';
import { More } from '../ui/More.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import { FolderField } from './FolderField.tsx';
import { SavedKey } from './SavedKey.tsx';
import type { FieldName } from './destination-fields.ts';
import { mainFields, moreFields, nameFor, optionalFields, secretFields } from './destination-fields.ts';
import type { DestinationFormState } from './use-destination-form.ts';

export function FormFields({ form }: { readonly form: DestinationFormState }) {
  const { destination: words } = useTexts();
  const { kept } = form;
  const isAsked = (field: FieldName) => form.typesKey || !secretFields.includes(field);
  const more = moreFields[form.kind].filter(isAsked);
  const hasMoreToMend = more.some((field) => form.problems.has(field));
  return (
    <div className="form-fields">
      {mainFields[form.kind].map((field) => {
        if (!isAsked(field)) {
          return field === 'accessKeyId' && kept !== null ? <SavedKey key={field} form={form} kept={kept} /> : null;
        }
        return (
          <Fragment key={field}>
            {field === 'accessKeyId' && form.isCopy && <p className="key-note">{words.newNeedsKey}</p>}
            <FormField form={form} field={field} />
            {field === 'secretAccessKey' && kept !== null && <SavedKey form={form} kept={kept} />}
          </Fragment>
        );
      })}
      {more.length > 0 && (
        <More title={words.more} level={2} isForcedOpen={hasMoreToMend}>
          {more.map((field) => (
            <FormField key={field} form={form} field={field} />
          ))}
        </More>
      )}
    </div>
  );
}

function FormField({ form, field }: { readonly form: DestinationFormState; readonly field: FieldName }) {
  const { destination: words } = useTexts();
  const text = words.fields[field];
  if (field === 'jurisdiction') return <JurisdictionField form={form} />;
  if (field === 'folder') return <FolderField form={form} />;
  const problem = form.problems.get(field);
  const isOptional = optionalFields.includes(field);
  return (
    <TextField
      label={text.label}
      help={text.helpOn?.[form.kind] ?? text.help}
      placeholder={field === 'name' ? nameFor(form.kind, form.values) : text.placeholder}
      value={form.values[field]}
      problem={problem === undefined ? null : problem === 'required' ? words.required : text.problem}
      isRequired={!isOptional}
      onChange={(value) => form.change({ [field]: value })}
      onBlur={() => form.values[field] !== '' && form.leave([field])}
      onPaste={(event) => {
        if (form.paste(event.clipboardData.getData('text'))) event.preventDefault();
        else form.leave([field]);
      }}
      {...(isOptional ? { mark: words.optional } : {})}
      {...(field === 'quotaGB' ? { unit: 'GB' } : {})}
      {...(field === 'secretAccessKey' ? { secret: { show: words.showSecret, hide: words.hideSecret } } : {})}
    />
  );
}

function JurisdictionField({ form }: { readonly form: DestinationFormState }) {
  const { destination: words } = useTexts();
  const { label, help } = words.fields.jurisdiction;
  const options = (['default', 'eu', 'fedramp'] as const).map((value) => ({ value, text: words.jurisdictions[value] }));
  const value = options.find((option) => option.value === form.values.jurisdiction)?.value ?? 'default';
  return (
    <Select
      label={label}
      help={help}
      value={value}
      options={options}
      onChange={(jurisdiction) => form.change({ jurisdiction })}
    />
  );
}
