import type { RemessaApi } from '../shared/remessa-api.ts';

declare global {
  interface Window {
    readonly remessa: RemessaApi;
  }
}
