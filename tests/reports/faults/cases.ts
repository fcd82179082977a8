import { computerCases } from './cases-computer.ts';
import { networkCases } from './cases-network.ts';
import { partCases } from './cases-parts.ts';
import { wholeCases } from './cases-whole.ts';
import type { FaultCase } from './fault-case.ts';

export const groups: ReadonlyArray<{ readonly title: string; readonly cases: readonly FaultCase[] }> = [
  { title: 'A part on its way', cases: partCases },
  { title: 'The requests around the parts', cases: wholeCases },
  { title: 'The network and the destination', cases: networkCases },
  { title: 'The computer', cases: computerCases },
];

export const allCases: readonly FaultCase[] = groups.flatMap(({ cases }) => cases);
