import { mayPlay } from '../../../shared/cors.ts';
import type { Check, Finding } from '../../upkeep/ports.ts';
import { daysUntilDropped } from '../upkeep/lifecycle-rules.ts';
import { because, isCode, passed, skipped, warned } from './findings.ts';
import { permissionsOf, type Scene } from './scene.ts';

/** Longer than this, what nobody finishes costs more than it is worth. Days. */
const longDays = 30;
/** Enough of them to recognise whose pages they are. */
const namedOrigins = 3;

/** The bucket's rules. Uploads need none of them, and a token for objects may see none of them: no red lines here. */
export function ruleChecks(scene: Scene): readonly Check[] {
  return [
    { name: 'cors', needs: ['bucket'], permission: null, run: (signal) => checkCors(scene, signal) },
    { name: 'lifecycle', needs: ['bucket'], permission: null, run: (signal) => checkLifecycle(scene, signal) },
  ];
}

async function checkCors({ upkeep, destination }: Scene, signal: AbortSignal): Promise<Finding> {
  try {
    const rules = await upkeep.cors.read(signal);
    const origins = [...new Set(rules.flatMap((rule) => rule.origins))].filter((origin) => mayPlay(rules, origin));
    if (origins.length === 0) return warned('cors-missing');
    return passed({ origins: origins.slice(0, namedOrigins).join(', '), count: origins.length });
  } catch (error) {
    if (isCode(error, 'not-supported')) return because(skipped, error);
    if (!isCode(error, 'access-denied')) throw error;
    return { ...because(warned('cors-hidden'), error), permission: permissionsOf(destination).readCors };
  }
}

async function checkLifecycle({ bucket, probe, destination }: Scene, signal: AbortSignal): Promise<Finding> {
  try {
    const days = await daysUntilDropped(bucket, probe.object.key, signal);
    if (days === null) return warned('lifecycle-missing');
    return days > longDays ? warned('lifecycle-long', { days }) : passed({ days });
  } catch (error) {
    if (isCode(error, 'not-supported')) return because(warned('lifecycle-missing'), error);
    if (!isCode(error, 'access-denied')) throw error;
    return { ...because(warned('lifecycle-hidden'), error), permission: permissionsOf(destination).readLifecycle };
  }
}
