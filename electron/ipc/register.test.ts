import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Channel, requests } from '../../shared/ipc.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { type Handlers, answer, registerIpc } from './register.ts';

type Listener = (event: unknown, ...args: unknown[]) => Promise<unknown>;
const listeners = vi.hoisted(() => new Map<string, Listener>());
vi.mock('electron', () => ({
  ipcMain: { handle: (name: string, listener: Listener) => listeners.set(name, listener) },
}));

const warnings: string[] = [];
const log = {
  info: () => undefined,
  warn: (event: string, facts: object) => void warnings.push(`${event} ${JSON.stringify(facts)}`),
};
const calls: unknown[][] = [];
let behave: (...args: unknown[]) => unknown = () => null;
const handlers = Object.fromEntries(
  Object.keys(requests).map((channel) => [
    channel,
    (...args: unknown[]) => {
      calls.push([channel, ...args]);
      return behave(...args);
    },
  ]),
) as unknown as Handlers;

beforeEach(() => {
  warnings.length = 0;
  calls.length = 0;
  behave = () => null;
  listeners.clear();
});

describe('an answer', () => {
  it('wraps what the handler gives', async () => {
    behave = async () => ({ revision: 3 });
    expect(await answer(handlers, 'uploads:get', [], log)).toEqual({ ok: true, value: { revision: 3 } });
  });

  it.each([
    ['uploads:pause', []],
    ['uploads:pause', [[]]],
    ['uploads:pause', ['x']],
    ['uploads:pause', [['x'], 'more']],
    ['uploads:pause', [['']]],
    ['uploads:pause', [[1]]],
    ['uploads:add', [[`/${'a'.repeat(40_000)}`]]],
    ['uploads:move', ['x', 'sideways']],
    ['uploads:get', [{}]],
    ['quit:answer', ['maybe']],
    ['settings:save-preferences', [{ filesInParallel: 99 }]],
    ['destinations:save', [{ id: null, draft: { kind: 's3' }, credentials: null, keep: 'keychain' }]],
    ['destinations:save', [{ id: null, draft: { kind: 'practice', name: 'x' }, credentials: null, keep: 'disk' }]],
    ['details:copy', ['x'.repeat(4_000_001)]],
  ] as ReadonlyArray<readonly [Channel, unknown[]]>)('to %s with bad arguments calls nobody', async (channel, args) => {
    expect(await answer(handlers, channel, args, log)).toEqual({ ok: false, error: { code: 'invalid-request' } });
    expect(calls).toEqual([]);
  });

  it('logs bad arguments without their content', async () => {
    await answer(handlers, 'destinations:test', [{ secretAccessKey: 'planted' }, null, null], log);
    expect(warnings.join()).toContain('destinations:test');
    expect(warnings.join()).not.toContain('planted');
  });

  it.each([() => new Error('secret text'), () => new TypeError('secret text'), () => 'secret text', () => null])(
    'to a fault of ours is `internal`, without its text',
    async (make) => {
      behave = () => {
        throw make();
      };
      expect(await answer(handlers, 'uploads:get', [], log)).toEqual({ ok: false, error: { code: 'internal' } });
      expect(warnings).toHaveLength(1);
      expect(warnings.join()).not.toContain('secret text');
    },
  );

  it('to expected trouble keeps its code, and nothing private of its cause', async () => {
    const facts = { httpStatus: 403, cause: new Error('secret text') };
    behave = () => Promise.reject(new UploadError('access-denied', facts));
    const result = await answer(handlers, 'uploads:get', [], log);
    expect(result).toMatchObject({ ok: false, error: { code: 'access-denied' } });
    expect(JSON.stringify(result)).not.toContain('secret text');
  });

  it('to our own `internal` hides what it was made of', async () => {
    behave = () => Promise.reject(new UploadError('internal', { cause: new RangeError('secret text') }));
    expect(await answer(handlers, 'uploads:get', [], log)).toEqual({ ok: false, error: { code: 'internal' } });
    expect(warnings.join()).toContain('RangeError');
  });

  it('gives the handler only what the contract names', async () => {
    await answer(handlers, 'settings:save-preferences', [{ theme: 'dark', secretAccessKey: 'planted' }], log);
    expect(calls).toEqual([['settings:save-preferences', { theme: 'dark' }]]);
  });
});

describe('the listeners', () => {
  it('are exactly the channels of the contract', () => {
    registerIpc({ handlers, isTrusted: () => true, log });
    expect([...listeners.keys()].sort()).toEqual(Object.keys(requests).sort());
  });

  it('answer a stranger with a refusal and call nobody', async () => {
    registerIpc({ handlers, isTrusted: () => false, log });
    for (const [channel, listener] of listeners) {
      expect([channel, await listener({})]).toEqual([channel, { ok: false, error: { code: 'invalid-request' } }]);
    }
    expect(calls).toEqual([]);
  });

  it('pass on the arguments and not the event', async () => {
    registerIpc({ handlers, isTrusted: () => true, log });
    await listeners.get('uploads:move')?.({ sender: 'secret' }, 'id', 'up');
    expect(calls).toEqual([['uploads:move', 'id', 'up']]);
  });
});
