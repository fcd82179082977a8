import { Search } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Form } from 'react-aria-components';
import type { Destination } from '../../shared/settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/TextField.tsx';
import { DeleteObjectDialog } from './DeleteObjectDialog.tsx';
import { pastedKey } from './pasted-key.ts';

/** A video by its name or its link; it is shown before anything is done to it. */
export function DeleteTab({ destination }: { readonly destination: Destination }) {
  const { care } = useTexts();
  const words = care.deletion;
  const [text, setText] = useState('');
  const [looksAt, setLooksAt] = useState<string | null>(null);
  const key = pastedKey(text, destination);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (key !== '') setLooksAt(key);
  };
  const prefix = destination.kind === 'r2' || destination.kind === 's3' ? destination.prefix : '';
  return (
    <>
      <Form className="care" onSubmit={onSubmit} validationBehavior="aria">
        <p className="care-intro">{words.intro}</p>
        <TextField
          label={words.key}
          help={words.keyHelp}
          placeholder={`${prefix}videos/video_5.mp4`}
          value={text}
          onChange={setText}
        />
        {key !== text.trim() && key !== '' && <p className="delete-key">{key}</p>}
        <div className="care-buttons">
          <Button type="submit" icon={Search} isDisabled={key === ''}>
            {words.look}
          </Button>
        </div>
      </Form>
      {looksAt !== null && (
        <DeleteObjectDialog
          destinationId={destination.id}
          objectKey={looksAt}
          onClose={() => setLooksAt(null)}
          onDeleted={() => setText('')}
        />
      )}
    </>
  );
}
