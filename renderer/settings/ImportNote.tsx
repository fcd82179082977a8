import { FileInput } from 'lucide-react';
import type { ImportCandidate } from '../../shared/imports.ts';
import { useTexts } from '../text/TextProvider.tsx';
import './imports.css';

/** Where the values in the form come from, and why the key could not come with them. */
export function ImportNote({ candidate }: { readonly candidate: ImportCandidate }) {
  const { destination } = useTexts();
  const words = destination.imports;
  const source = words.origins[candidate.origin](candidate.name);
  return (
    <p className="import-note">
      <FileInput className="icon" aria-hidden />
      <span>
        {words.filledIn(source)} {candidate.obstacle !== null && words.obstacles[candidate.obstacle]}
      </span>
    </p>
  );
}
