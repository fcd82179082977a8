import { useEffect, useRef, useState } from 'react';
import { useRows } from '../state/use-rows.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { announcementsFor } from './announcements.ts';

/** The one live region of the queue. */
export function Announcer() {
  const texts = useTexts();
  const uploads = useRows();
  const before = useRef(uploads);
  const [words, setWords] = useState('');
  useEffect(() => {
    const said = announcementsFor(before.current, uploads, texts);
    before.current = uploads;
    if (said.length > 0) setWords(said.join('. '));
  }, [uploads, texts]);
  return (
    <output className="visually-hidden" aria-live="polite" data-testid="announcer">
      {words}
    </output>
  );
}
