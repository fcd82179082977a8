import { describe, expect, it, vi } from 'vitest';
import { createMirror } from './mirror.ts';

interface Snapshot {
  readonly revision: number;
  readonly said: string;
}

const ignore = () => undefined;

function createSource() {
  const order: string[] = [];
  let resolve: (snapshot: Snapshot) => void = ignore;
  let reject: (reason: Error) => void = ignore;
  const promise = new Promise<Snapshot>((accept, refuse) => {
    resolve = accept;
    reject = refuse;
  });
  const answer = { promise, resolve, reject };
  let publish: (snapshot: Snapshot) => void = ignore;
  const source = {
    get: () => {
      order.push('get');
      return answer.promise;
    },
    onChanged: (listener: (snapshot: Snapshot) => void) => {
      order.push('subscribe');
      publish = listener;
      return ignore;
    },
    onError: vi.fn<(thrown: unknown) => void>(),
  };
  return { source, order, answer, publish: (snapshot: Snapshot) => publish(snapshot) };
}

describe('createMirror', () => {
  it('subscribes before it asks', () => {
    const { source, order } = createSource();
    createMirror(source);
    expect(order).toEqual(['subscribe', 'get']);
  });

  it('keeps the published snapshot when the answer to the first question is older', async () => {
    const { source, answer, publish } = createSource();
    const mirror = createMirror(source);
    publish({ revision: 2, said: 'published' });
    answer.resolve({ revision: 1, said: 'asked' });
    await answer.promise;
    expect(mirror.getSnapshot()?.said).toBe('published');
  });

  it('ignores a snapshot that is overtaken, and tells listeners only about news', async () => {
    const { source, answer, publish } = createSource();
    const mirror = createMirror(source);
    const listener = vi.fn<() => void>();
    const unsubscribe = mirror.subscribe(listener);
    answer.resolve({ revision: 5, said: 'asked' });
    await answer.promise;
    publish({ revision: 4, said: 'late' });
    publish({ revision: 5, said: 'twice' });
    expect(mirror.getSnapshot()?.said).toBe('asked');
    expect(listener).toHaveBeenCalledTimes(1);
    unsubscribe();
    publish({ revision: 6, said: 'new' });
    expect(listener).toHaveBeenCalledTimes(1);
    expect(mirror.getSnapshot()?.said).toBe('new');
  });

  it('reports a failed first question and still takes what is published', async () => {
    const { source, answer, publish } = createSource();
    const mirror = createMirror(source);
    answer.reject(new Error('gone'));
    await vi.waitFor(() => expect(source.onError).toHaveBeenCalled());
    publish({ revision: 1, said: 'published' });
    expect(mirror.getSnapshot()?.said).toBe('published');
  });
});
