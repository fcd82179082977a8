import { CircleAlert } from 'lucide-react';
import { Text } from 'react-aria-components';

/** What is wrong with a field, in words and under it; within a `TextField`, which says it to screen readers, too. */
export function FieldProblem({ problem }: { readonly problem: string | null }) {
  if (problem === null) return null;
  return (
    <Text slot="errorMessage" className="field-problem">
      <CircleAlert className="icon" aria-hidden />
      {problem}
    </Text>
  );
}
