import type { UploadList } from '../../shared/upload.ts';

/** The new list, with the old object of every upload that says the same as before, so that its row stays as it is. */
export function reuseUploads(before: UploadList, after: UploadList): UploadList {
  const known = new Map(before.uploads.map((upload) => [upload.id, upload]));
  const uploads = after.uploads.map((upload) => {
    const old = known.get(upload.id);
    return old !== undefined && sameFields(old, upload) ? old : upload;
  });
  const unchanged =
    uploads.length === before.uploads.length && uploads.every((upload, index) => upload === before.uploads[index]);
  return { ...after, uploads: unchanged ? before.uploads : uploads };
}

function sameFields(a: object, b: object): boolean {
  const left = Object.entries(a);
  if (left.length !== Object.keys(b).length) return false;
  return left.every(([field, value]) => sameValue(value, (b as Record<string, unknown>)[field]));
}

function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  return typeof a === 'object' && typeof b === 'object' && a !== null && b !== null && sameFields(a, b);
}
