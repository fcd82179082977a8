import { Fragment } from 'react';
import { useTexts } from '../text/TextProvider.tsx';
import { More } from '../ui/More.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import { SavedKey } from './SavedKey.tsx';
import type { FieldName } from './destination-fields.ts';
import { mainFields, moreFields, optionalFields, secretFields } from './destination-fields.ts';
import type { DestinationFormState } from './use-destination-form.ts';

interface FormFieldsProps {
  readonly form: DestinationFormState;
  /** Last characters of the saved key; null for a new destination. */
  readonly hint: string | null;
}

export function FormFields({ form, hint }: FormFieldsProps) {
  const { destination: words } = useTexts();
  const isAsked = (field: FieldName) => form.typesKey || !secretFields.includes(field);
  const more = moreFields[form.kind].filter(isAsked);
  const hasMoreToMend = more.some((field) => form.problems.has(field));
  return (
    <div className="form-fields">
      {mainFields[form.kind].map((field) => {
        if (!isAsked(field)) {
          return field === 'accessKeyId' ? <SavedKey key={field} form={form} hint={hint ?? ''} /> : null;
        }
        return (
          <Fragment key={field}>
            <FormField form={form} field={field} />
            {field === 'secretAccessKey' && hint !== null && <SavedKey form={form} hint={hint} />}
          </Fragment>
        );
      })}
      <More title={words.more} isForcedOpen={hasMoreToMend}>
        {more.map((field) => (
          <FormField key={field} form={form} field={field} />
        ))}
      </More>
    </div>
  );
}

function FormField({ form, field }: { readonly form: DestinationFormState; readonly field: FieldName }) {
  const { destination: words } = useTexts();
  const text = words.fields[field];
  if (field === 'jurisdiction') return <JurisdictionField form={form} />;
  const problem = form.problems.get(field);
  const isOptional = optionalFields.includes(field);
  return (
    <TextField
      label={text.label}
      help={(form.kind === 's3' ? text.helpOnS3 : undefined) ?? text.help}
      placeholder={field === 'name' ? form.values.bucket : text.placeholder}
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
