import type { RemessaApi } from '../../shared/ipc.ts';

declare global {
  interface Window {
    readonly remessa: RemessaApi;
  }
}
