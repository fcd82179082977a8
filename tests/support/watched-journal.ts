import type { UploadJournal } from '../../electron/uploads/ports.ts';

/** Told before and after each of the journal's writing operations. */
export function watchedJournal(
  inner: UploadJournal,
  watch: { readonly before: () => void; readonly after: () => void },
): UploadJournal {
  const watched = async (operation: () => Promise<void>): Promise<void> => {
    watch.before();
    await operation();
    watch.after();
  };
  return {
    load: () => inner.load(),
    save: (record) => watched(() => inner.save(record)),
    beginParts: (record) => watched(() => inner.beginParts(record)),
    addPart: (id, part) => watched(() => inner.addPart(id, part)),
    remove: (id) => watched(() => inner.remove(id)),
  };
}
