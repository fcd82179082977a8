import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openTarget } from '../../support/s3-target.ts';
import type { FaultCase } from './fault-case.ts';
import type { Lane } from './lane.ts';
import { playEngine } from './play-engine.ts';
import { playPeer } from './play-peer.ts';
import { type Finding, problemsOf } from './verdict.ts';

export interface LanesPlan {
  readonly lanes: number;
  readonly isWithPeer: boolean;
  readonly folder: string;
  readonly video: Lane['video'];
  readonly programs: Lane['programs'];
  readonly onFinding: (finding: Finding) => void;
}

/** Plays the faults side by side, each lane on a server of its own; the findings come in the order of the cases. */
export async function playInLanes(cases: readonly FaultCase[], plan: LanesPlan): Promise<readonly Finding[]> {
  const findings = new Map<string, Finding>();
  // The longest ones first, so that no lane is left alone with one of them at the end.
  const left = cases.toSorted((a, b) => (b.lasts ?? 0) - (a.lasts ?? 0));
  const work = async (_: unknown, number: number): Promise<void> => {
    const folder = join(plan.folder, `lane-${number}`);
    await mkdir(folder, { recursive: true });
    const target = await openTarget();
    try {
      for (let fault = left.shift(); fault !== undefined; fault = left.shift()) {
        const finding = await playBoth({ target, folder, video: plan.video, programs: plan.programs }, fault, plan);
        findings.set(fault.name, finding);
        plan.onFinding(finding);
      }
    } finally {
      await target.stop();
    }
  };
  await Promise.all(Array.from({ length: plan.lanes }, work));
  return cases.map(({ name }) => findings.get(name)).filter((finding) => finding !== undefined);
}

async function playBoth(lane: Lane, fault: FaultCase, { isWithPeer }: LanesPlan): Promise<Finding> {
  const { name, title, expected } = fault;
  const engine = await playEngine(lane, fault);
  const peer = isWithPeer ? await playPeer(lane, fault) : null;
  return { name, title, expected, engine, peer, problems: problemsOf(fault, engine) };
}
