import { FileQuestion, X } from 'lucide-react';
import { useState } from 'react';
import { useUploads } from '../state/use-uploads.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { IconButton } from '../ui/Button.tsx';

/** Uploads whose records could not be read: never dropped without a word. */
export function SetAsideNotice() {
  const { window: words } = useTexts();
  const { setAside } = useUploads();
  const [seen, setSeen] = useState(0);
  if (setAside <= seen) return null;
  return (
    <section className="banner banner-warning" aria-label={words.setAsideTitle(setAside)}>
      <FileQuestion className="icon banner-icon" aria-hidden />
      <div className="banner-text">
        <p className="banner-title">{words.setAsideTitle(setAside)}</p>
        <p className="banner-hint">{words.setAsideHint}</p>
      </div>
      <IconButton icon={X} label={words.dismiss} onPress={() => setSeen(setAside)} />
    </section>
  );
}
