import { describe, expect, it } from 'vitest';
import { plotPaths } from './plot-path.ts';

const size = { width: 96, height: 24 };

describe('plotPaths', () => {
  it('draws nothing of fewer than two values', () => {
    expect(plotPaths([], size)).toEqual({ line: '', area: '' });
    expect(plotPaths([5], size)).toEqual({ line: '', area: '' });
  });

  it('spreads the values over the whole width, the highest one at the top', () => {
    expect(plotPaths([0, 10, 5], size).line).toBe('M0,24L48,2L96,13');
  });

  it('closes the area on the ground', () => {
    const { line, area } = plotPaths([10, 10], size);
    expect(line).toBe('M0,2L96,2');
    expect(area).toBe('M0,2L96,2L96,24L0,24Z');
  });

  it('lies on the ground while nothing moves', () => {
    expect(plotPaths([0, 0, 0], size).line).toBe('M0,24L48,24L96,24');
  });

  it('takes what is not a speed for none', () => {
    expect(plotPaths([Number.NaN, -3, Number.POSITIVE_INFINITY, 4], size).line).toBe('M0,24L32,24L64,24L96,2');
  });
});
