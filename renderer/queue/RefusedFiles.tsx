import { FileX2, X } from 'lucide-react';
import { useTexts } from '../text/TextProvider.tsx';
import { IconButton } from '../ui/Button.tsx';
import type { LeftOutside } from './use-add-files.ts';

/** More than these would push the list out of sight. */
const shownAtMost = 4;

interface RefusedFilesProps {
  readonly outside: LeftOutside;
  readonly onDismiss: () => void;
}

/** The files of the last drop that did not enter, each with its reason; it stays until it is dismissed. */
export function RefusedFiles({ outside, onDismiss }: RefusedFilesProps) {
  const { window: words, adding, errorText } = useTexts();
  const { refused, leftOut } = outside;
  const rest = refused.length - shownAtMost;
  return (
    <section className="banner banner-info" data-testid="refused" aria-live="polite">
      <FileX2 className="icon banner-icon" aria-hidden />
      <div className="banner-text">
        <p className="banner-title">
          {refused.length > 0 ? words.refusedTitle(refused.length) : adding.leftOut(leftOut)}
        </p>
        <ul className="refused-list">
          {refused.slice(0, shownAtMost).map((file, index) => (
            <li key={`${index}/${file.name}`} className="refused-file">
              <span className="refused-name">{file.name}</span>
              <span className="refused-cause">{errorText({ code: file.code }).cause}</span>
            </li>
          ))}
          {refused.length > 0 && leftOut > 0 && <li className="refused-file refused-cause">{adding.leftOut(leftOut)}</li>}
          {rest > 0 && <li className="refused-file refused-cause">{words.refusedMore(rest)}</li>}
        </ul>
      </div>
      <IconButton icon={X} label={words.dismiss} onPress={onDismiss} />
    </section>
  );
}
