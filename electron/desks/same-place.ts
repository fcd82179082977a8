import type { DestinationDraft } from '../../shared/settings.ts';
import { r2Endpoint } from '../../shared/settings.ts';

/** Whether two drafts lead to the same objects. Names, keys of access and public addresses may differ. */
export function isSamePlace(a: DestinationDraft, b: DestinationDraft): boolean {
  return placeOf(a) === placeOf(b);
}

function placeOf(draft: DestinationDraft): string {
  switch (draft.kind) {
    case 'r2': {
      const endpoint = draft.endpoint ?? r2Endpoint(draft.accountId, draft.jurisdiction);
      return JSON.stringify(['s3', plainAddress(endpoint), draft.bucket]);
    }
    case 's3':
      // The region of an AWS bucket can only be right or wrong: correcting it leads nowhere else.
      return JSON.stringify(['s3', draft.endpoint === null ? 'aws' : plainAddress(draft.endpoint), draft.bucket]);
    case 'disk':
      return JSON.stringify(['disk', draft.folder]);
    case 'practice':
      return 'practice';
  }
}

/** One spelling of an address: names of servers know no capitals, and 443 goes without saying. */
function plainAddress(url: string): string {
  const plain = URL.canParse(url) ? new URL(url).href : url;
  return plain.replace(/\/+$/, '');
}
