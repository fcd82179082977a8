import type { CheckResult, DoctorProblem } from '../../shared/doctor.ts';
import type { Destination } from '../../shared/settings.ts';
import { mendingPanel } from '../state/mending-panel.ts';
import type { Panel } from '../state/panels.tsx';
import type { ErrorAction } from '../text/error-action.ts';

/** What the app itself can do about a finding. */
export type Mending =
  | { readonly do: 'open-panel'; readonly panel: Panel; readonly action: ErrorAction }
  | { readonly do: 'open-playback' }
  | { readonly do: 'add-rule' }
  | null;

/** `action`: what helps against the check's error, where it has one. */
export function mendOf(check: CheckResult, destination: Destination, action: ErrorAction | null): Mending {
  const { name, state, problem, error } = check;
  if (state !== 'failed' && state !== 'warned') return null;
  if (error !== null) {
    // Rules are no reason to change the key that uploads go well with.
    if (name === 'cors') return { do: 'open-playback' };
    if (name === 'lifecycle') return null;
    const panel = mendingPanel(action, destination.id);
    return panel === null || action === null ? null : { do: 'open-panel', panel, action };
  }
  return problem === null ? null : mendOfProblem(problem, destination);
}

function mendOfProblem(problem: DoctorProblem, { id, kind }: Destination): Mending {
  switch (problem) {
    case 'cors-missing':
    case 'cors-hidden':
      return kind === 'r2' || kind === 's3' ? { do: 'open-playback' } : null;
    case 'lifecycle-missing':
    case 'lifecycle-long':
      return { do: 'add-rule' };
    case 'name-unknown':
    case 'no-public-url':
    case 'public-unreachable':
    case 'public-status':
    case 'wrong-content':
    case 'other-region':
    case 'incomplete':
    case 'space-low':
    case 'over-quota':
    case 'small-files-only':
      if (kind === 'practice') return null;
      return {
        do: 'open-panel',
        panel: { kind: 'edit-destination', id, changesKey: false },
        action: 'edit-destination',
      };
    // For whoever runs the server, or for nobody.
    case 'certificate-ends':
    case 'clock-off':
    case 'no-checksum':
    case 'overwrites':
    case 'conditions-unknown':
    case 'no-ranges':
    case 'wrong-type':
    case 'lifecycle-hidden':
    case 'not-listed':
    case 'still-there':
    case 'slow':
      return null;
  }
}
