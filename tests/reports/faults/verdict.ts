import type { FaultCase } from './fault-case.ts';
import type { EnginePlay } from './play-engine.ts';
import type { PeerPlay } from './play-peer.ts';

export interface Finding {
  readonly name: string;
  readonly title: string;
  readonly expected: FaultCase['expected'];
  readonly engine: EnginePlay;
  readonly peer: PeerPlay | null;
  /** What was not as declared; empty: as expected. */
  readonly problems: readonly string[];
}

/** What differs from the declared outcome, a sentence each. */
export function problemsOf({ expected }: FaultCase, engine: EnginePlay): readonly string[] {
  const problems: string[] = [];
  const { ending, object, ratio, words, unfinished } = engine;
  if (ending !== expected.ending) problems.push(`ended “${ending}”, not “${expected.ending}”`);
  if (object !== expected.object) problems.push(`object in the bucket: ${object}, not ${expected.object}`);
  if (ratio > expected.atMost) problems.push(`${ratio.toFixed(2)} × the file sent, not at most ${expected.atMost} ×`);
  for (const word of expected.says ?? []) {
    if (!words.some((seen) => seen.includes(word))) problems.push(`nobody was told “${word}”`);
  }
  if (ending === 'completed' && unfinished > 0) problems.push(`${unfinished} unfinished uploads left behind`);
  return problems;
}

/** What became of the parts that lib-storage had sent. */
export function partsOf({ outcome, unfinished, hasAborted, object }: PeerPlay): 'kept' | 'deleted' | 'left behind' | '–' {
  if (outcome === 'hangs') return unfinished > 0 ? 'kept' : '–';
  if (unfinished > 0) return 'left behind';
  // There is nothing left to delete once the object is made.
  return hasAborted && object === 'none' ? 'deleted' : '–';
}
