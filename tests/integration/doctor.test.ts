import { afterEach, describe, expect, it } from 'vitest';
import type { PracticeServerOptions } from '../../electron/practice/practice-server.ts';
import { named, remarks, setUpkeepStage, type UpkeepStage } from '../support/upkeep-stage.ts';

let stage: UpkeepStage;
const open = async (options: Partial<PracticeServerOptions> = {}): Promise<void> => {
  stage = await setUpkeepStage(options);
};
afterEach(() => stage.end());

describe('a healthy bucket', () => {
  it('passes', async () => {
    await open();
    const report = await stage.check();
    console.log(JSON.stringify(report, null, 1));
    expect(remarks(report)).toEqual([]);
    expect(named(report, 'put').state).toBe('passed');
  });
});
