import type { Receipt, ReceiptReport } from '../../shared/receipt.ts';
import type { Destination } from '../../shared/settings.ts';
import type { DestinationDesk } from './destination-desk.ts';
import type { ReceiptStore } from '../store/receipt-store.ts';
import type { Storages } from './storages.ts';
import { checkReceipt, objectOfReceipt } from '../uploads/check-receipt.ts';
import { makeReceipt } from '../uploads/make-receipt.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { UploadQueue } from '../uploads/upload-queue.ts';

interface ReceiptWorld {
  readonly queue: Pick<UploadQueue, 'proof'>;
  readonly desk: Pick<DestinationDesk, 'open' | 'must'>;
  readonly storages: Pick<Storages, 'storageFor'>;
  readonly store: ReceiptStore;
  readonly appVersion: string;
}

/** Makes, keeps, shows and checks the receipts of completed uploads. */
export class ReceiptDesk {
  readonly #world: ReceiptWorld;

  constructor(world: ReceiptWorld) {
    this.#world = world;
  }

  /** Made when an upload completes, and at the first asking where that did not come to it. */
  async get(id: string): Promise<Receipt> {
    return (await this.#world.store.read(id)) ?? (await this.make(id));
  }

  /** Rejects with `invalid-request` when the upload is not completed, or with what keeps the destination from being opened. */
  async make(id: string): Promise<Receipt> {
    const { queue, desk, store, appVersion } = this.#world;
    const proof = queue.proof(id);
    if (proof === null) throw new UploadError('invalid-request');
    const destination = desk.must(proof.record.destinationId);
    const receipt = makeReceipt(proof, await this.#placeOf(destination), appVersion);
    await store.write(receipt);
    return receipt;
  }

  /** Looks at the object with the credentials of today. */
  async check(id: string): Promise<ReceiptReport> {
    const receipt = await this.get(id);
    const storage = await this.#world.storages.storageFor(receipt.destination.id);
    return checkReceipt(receipt, await objectOfReceipt(storage, receipt));
  }

  async #placeOf(destination: Destination): Promise<Receipt['destination']> {
    const { id, kind, name } = destination;
    if (destination.kind !== 'disk') return { id, kind, name, ...(await this.#world.desk.open(id)).address };
    return { id, kind, name, endpoint: destination.folder, region: '', bucket: '', isPathStyle: true };
  }

  /** Where the file is. */
  async path(id: string): Promise<string> {
    await this.get(id);
    const path = await this.#world.store.find(id);
    if (path === null) throw new UploadError('internal');
    return path;
  }
}
