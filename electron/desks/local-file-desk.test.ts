import { describe, expect, it } from 'vitest';
import { content, makeBench } from '../../tests/support/builders.ts';
import { FakeObjectStorage, hang } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { LocalFileDesk } from './local-file-desk.ts';

const hourMs = 3_600_000;
const path = '/v/video_5.mp4';
const key = 'videos/video_5.mp4';

/** The engine over fakes, a file that was sent, and a world in which everything is as it should be. */
async function makeDesk(isSent = true) {
  const bench = makeBench();
  const world = {
    hours: 24 as number | null,
    hasTrash: true,
    opens: async (_url: string): Promise<boolean> => true,
    linkKind: 'public' as 'public' | 'path',
    diskFolders: ['/mnt/disk'],
  };
  const did = { opened: new Array<string>(), trashed: new Array<string>(), deleted: new Array<string>(), told: new Array<string>() };
  const desk = new LocalFileDesk({
    queue: bench.queue,
    storages: {
      storageFor: async (id) => {
        const storage = bench.storages.get(id);
        if (!(storage instanceof FakeObjectStorage)) throw storage ?? new UploadError('destination-missing');
        return storage;
      },
    },
    links: {
      linkTo: async (id, of) => ({ kind: world.linkKind, text: `https://v.example.com/${id}/${of}`, expiresAt: null }),
    },
    files: bench.files,
    log: { info: (event, { code, state }) => did.told.push(`${event} ${String(code ?? state)}`), warn: () => undefined },
    now: () => bench.clock.now(),
    removeAfterHours: () => world.hours,
    diskFolders: () => world.diskFolders,
    opens: async (url) => {
      did.opened.push(url);
      return world.opens(url);
    },
    trash: async (file) => {
      if (!world.hasTrash) throw new Error('none');
      did.trashed.push(file);
      bench.files.remove(file);
    },
    unlink: async (file) => {
      did.deleted.push(file);
      bench.files.remove(file);
    },
  });
  const id = isSent ? await bench.add(path) : '';
  const localFile = (of = id): string => {
    const row = bench.row(of);
    return row.status === 'completed' ? row.localFile : row.status;
  };
  return { bench, world, did, desk, id, localFile };
}

const passDay = ({ bench }: Awaited<ReturnType<typeof makeDesk>>): Promise<void> => bench.clock.advance(24 * hourMs);

describe('a file whose video is there', () => {
  it('goes to the trash when its time has come, and not before', async () => {
    const made = await makeDesk();
    await made.bench.clock.advance(24 * hourMs - 1);
    await made.desk.sweep();
    expect([made.localFile(), made.did.trashed]).toEqual(['kept', []]);
    await made.bench.clock.advance(1);
    await made.desk.sweep();
    expect([made.localFile(), made.did.trashed]).toEqual(['trashed', [path]]);
    expect(made.did.opened).toEqual([`https://v.example.com/r2/${key}`]);
    await passDay(made);
    await made.desk.sweep();
    expect(made.did.trashed).toHaveLength(1);
  });

  it('stays while nobody has asked for that, without a single request', async () => {
    const made = await makeDesk();
    made.world.hours = null;
    made.bench.storage.takeOperations();
    await passDay(made);
    await made.desk.sweep();
    expect([made.localFile(), made.did.opened, made.bench.storage.operations]).toEqual(['kept', [], []]);
  });

  it('on a disk has no link to open', async () => {
    const made = await makeDesk();
    made.world.linkKind = 'path';
    await passDay(made);
    await made.desk.sweep();
    expect([made.localFile(), made.did.opened]).toEqual(['trashed', []]);
  });

  it('is gone for every upload of it', async () => {
    const made = await makeDesk(false);
    made.bench.storages.set('other', new FakeObjectStorage(made.bench.clock));
    made.bench.files.write(path);
    const { addedIds } = await made.bench.queue.add([path], { destinationIds: ['r2', 'other'], waits: false });
    await settle();
    await passDay(made);
    await made.desk.sweep();
    expect(addedIds.map(made.localFile)).toEqual(['trashed', 'trashed']);
    expect(made.did.trashed).toEqual([path]);
  });
});

type Made = Awaited<ReturnType<typeof makeDesk>>;

/** What makes a file stay, and how it is called in the log. */
const reasons: ReadonlyArray<readonly [string, string, (made: Made) => unknown]> = [
  ['has other content', 'source-changed', ({ bench }) => bench.files.write(path, content.toUpperCase(), 1)],
  ['was written again', 'source-changed', ({ bench }) => bench.files.write(path, content, 2)],
  ['is gone', 'source-missing', ({ bench }) => bench.files.remove(path)],
  ['has no object any more', 'object-mismatch', ({ bench }) => bench.storage.objects.delete(key)],
  ['has another object in its place', 'object-mismatch', ({ bench }) => bench.storage.putForeign(key, content.toUpperCase())],
  ['has a link that does not open', 'object-mismatch', ({ world }) => (world.opens = async () => false)],
  ['has a destination that cannot be asked', 'offline', ({ bench }) => bench.storage.always('headObject', new UploadError('offline'))],
  ['lies in the folder of a disk', 'upload-in-use', ({ world }) => world.diskFolders.push('/v')],
  ['is the object itself', 'upload-in-use', ({ world }) => world.diskFolders.push('/')],
  [
    'changes while its link is being opened',
    'source-changed',
    ({ world, bench }) =>
      (world.opens = async () => {
        bench.files.write(path, content, 3);
        return true;
      }),
  ],
];

describe('a file stays', () => {
  it.each(reasons)('that %s', async (_what, code, spoil) => {
    const made = await makeDesk();
    await passDay(made);
    spoil(made);
    await made.desk.sweep();
    expect([made.localFile(), made.did.trashed, made.did.told]).toEqual(['kept', [], [`local-file-stays ${code}`]]);
  });

  it('that another upload wants', async () => {
    const made = await makeDesk();
    const other = new FakeObjectStorage(made.bench.clock).always('headObject', hang);
    made.bench.storages.set('other', other);
    const second = await made.bench.add(path, content, 1, 'other');
    await passDay(made);
    await made.desk.sweep();
    expect([made.localFile(), made.did.trashed]).toEqual(['kept', []]);
    await made.bench.queue.cancel([second]);
    await settle();
    await made.bench.clock.advance(hourMs);
    await made.desk.sweep();
    expect(made.localFile()).toBe('trashed');
    await made.bench.queue.stop();
  });

  it('that is gone already, and nobody is asked about it', async () => {
    const made = await makeDesk();
    await passDay(made);
    made.bench.files.remove(path);
    made.bench.storage.takeOperations();
    await made.desk.sweep();
    expect([made.bench.storage.operations, made.did.opened]).toEqual([[], []]);
  });

  it('that lies deep in the folder of a disk', async () => {
    const made = await makeDesk(false);
    const hidden = '/mnt/disk/..a/video_5.mp4';
    const id = await made.bench.add(hidden);
    await passDay(made);
    await made.desk.sweep();
    expect([made.localFile(id), made.did.told]).toEqual(['kept', ['local-file-stays upload-in-use']]);
  });

  it('but not where its path only begins like the folder of a disk', async () => {
    const made = await makeDesk();
    made.world.diskFolders.push('/v/video', '/vi', '/v/video_5.mp4.folder');
    await passDay(made);
    await made.desk.sweep();
    expect(made.localFile()).toBe('trashed');
  });

  it('where the credentials may not look at the object: that it is there is not proved enough', async () => {
    const made = await makeDesk(false);
    made.bench.storage.always('headObject', new UploadError('access-denied', { httpStatus: 403 }));
    const id = await made.bench.add(path);
    await made.bench.clock.advance(60_000);
    expect(made.bench.row(id)).toMatchObject({ status: 'completed', verification: 'parts' });
    made.bench.storage.always('headObject', null);
    await passDay(made);
    await made.desk.sweep();
    expect([made.localFile(id), made.did.told]).toEqual(['kept', []]);
  });

  it('for an hour, before it is looked at again', async () => {
    const made = await makeDesk();
    await passDay(made);
    made.world.opens = async () => false;
    await made.desk.sweep();
    await made.bench.clock.advance(hourMs - 1);
    await made.desk.sweep();
    expect(made.did.opened).toHaveLength(1);
    made.world.opens = async () => true;
    await made.bench.clock.advance(1);
    await made.desk.sweep();
    expect(made.localFile()).toBe('trashed');
  });
});

describe('without a trash', () => {
  async function asking(): Promise<Made> {
    const made = await makeDesk();
    made.world.hasTrash = false;
    await passDay(made);
    await made.desk.sweep();
    expect([made.localFile(), made.bench.files.bytes(path).toString()]).toEqual(['no-trash', content]);
    return made;
  }

  it('a person is asked once, and their word deletes it for good', async () => {
    const made = await asking();
    await passDay(made);
    await made.desk.sweep();
    expect(made.did.told).toEqual(['local-file no-trash']);
    await made.desk.deleteForGood(made.id);
    expect([made.localFile(), made.did.deleted]).toEqual(['deleted', [path]]);
    await expect(made.desk.deleteForGood(made.id)).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it.each(reasons.filter(([, code]) => code !== 'offline'))('nothing is deleted that %s', async (_what, code, spoil) => {
    const made = await asking();
    spoil(made);
    await expect(made.desk.deleteForGood(made.id)).rejects.toMatchObject({ code });
    expect([made.did.deleted, made.localFile()]).toEqual([[], 'no-trash']);
  });

  it('nothing is deleted that another upload wants', async () => {
    const made = await asking();
    made.bench.storages.set('other', new FakeObjectStorage(made.bench.clock).always('headObject', hang));
    await made.bench.add(path, content, 1, 'other');
    await expect(made.desk.deleteForGood(made.id)).rejects.toMatchObject({ code: 'upload-in-use' });
    expect(made.did.deleted).toEqual([]);
    await made.bench.queue.stop();
  });

  it('nothing is deleted that nobody was asked about', async () => {
    const made = await makeDesk();
    for (const id of [made.id, 'unknown']) {
      await expect(made.desk.deleteForGood(id)).rejects.toMatchObject({ code: 'invalid-request' });
    }
    expect(made.did.deleted).toEqual([]);
  });
});

describe('a look', () => {
  it('that is still going on is not begun a second time', async () => {
    const made = await makeDesk();
    await passDay(made);
    await Promise.all([made.desk.sweep(), made.desk.sweep(), made.desk.sweep()]);
    expect([made.did.opened.length, made.did.trashed]).toEqual([1, [path]]);
  });

  it('that cannot be journaled ends well, and so does the next one', async () => {
    const made = await makeDesk();
    const second = await made.bench.add('/v/video_6.mp4');
    await passDay(made);
    made.bench.journal.refuses = () => true;
    await expect(made.desk.sweep()).resolves.toBeUndefined();
    expect(made.did.told).toEqual(['local-file-stays journal-unwritable', 'local-file-stays journal-unwritable']);
    made.bench.journal.refuses = () => false;
    const third = await made.bench.add('/v/video_7.mp4');
    await passDay(made);
    await made.desk.sweep();
    expect(made.localFile(third)).toBe('trashed');
    expect(made.localFile(second)).toBe('kept');
  });
});
