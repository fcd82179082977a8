import { useRef, useState } from 'react';
import { preferencesSchema } from '../../shared/settings.ts';
import { usePreferences } from '../settings/use-preferences.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { TextField } from '../ui/TextField.tsx';

/** How often a video is watched. What can be a number counts at once; what cannot is explained and changes nothing. */
export function ViewsField() {
  const { care } = useTexts();
  const words = care.costs;
  const { preferences, change } = usePreferences();
  const [text, setText] = useState(String(preferences.viewsPerVideo));
  // Not the preference: that comes back later than the next digit can be typed.
  const sent = useRef(preferences.viewsPerVideo);
  const type = (next: string) => {
    setText(next);
    const views = viewsOf(next);
    if (views === null || views === sent.current) return;
    sent.current = views;
    change({ viewsPerVideo: views });
  };
  return (
    <div className="views">
      <TextField
        label={words.views}
        help={words.viewsHelp}
        value={text}
        problem={viewsOf(text) === null ? words.viewsProblem : null}
        onChange={type}
      />
    </div>
  );
}

/** Null where it is no number of views. */
function viewsOf(text: string): number | null {
  const bare = text.trim();
  if (!/^\d+$/.test(bare)) return null;
  const parsed = preferencesSchema.shape.viewsPerVideo.safeParse(Number(bare));
  return parsed.success ? parsed.data : null;
}
