import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { AppError, Result } from '../../shared/errors.ts';
import { type Arguments, type Channel, requests } from '../../shared/ipc.ts';
import type { Replies } from '../../shared/replies.ts';
import type { UploadLog } from '../uploads/ports.ts';
import { UploadError, toAppError } from '../uploads/upload-error.ts';

/** A channel that is missing, or has other arguments than the contract, does not compile. */
export type Handlers = {
  readonly [C in Channel]: (...args: Arguments<C>) => Replies[C] | Promise<Replies[C]>;
};

interface Registration {
  readonly handlers: Handlers;
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean;
  readonly log: UploadLog;
}

/** The only place that listens. Every request passes: our own window? the contract's arguments? then the call. */
export function registerIpc({ handlers, isTrusted, log }: Registration): void {
  for (const channel of Object.keys(requests) as Channel[]) {
    ipcMain.handle(channel, async (event, ...args: unknown[]): Promise<Result<unknown>> => {
      if (!isTrusted(event)) {
        log.warn('ipc-refused', { channel, why: 'sender' });
        return { ok: false, error: { code: 'invalid-request' } };
      }
      return answer(handlers, channel, args, log);
    });
  }
}

/** Parses, calls, and puts whatever happens into the envelope. */
export async function answer(
  handlers: Handlers,
  channel: Channel,
  args: readonly unknown[],
  log: UploadLog,
): Promise<Result<unknown>> {
  const parsed = requests[channel].safeParse(args);
  if (!parsed.success) {
    log.warn('ipc-refused', { channel, why: 'arguments' });
    return { ok: false, error: { code: 'invalid-request' } };
  }
  try {
    const handler = handlers[channel] as (...given: unknown[]) => unknown;
    return { ok: true, value: await handler(...parsed.data) };
  } catch (error) {
    return { ok: false, error: presentable(error, channel, log) };
  }
}

/** Expected trouble keeps its code; a fault of ours is logged by name and told as `internal`, without its text. */
function presentable(error: unknown, channel: Channel, log: UploadLog): AppError {
  if (error instanceof UploadError && error.code !== 'internal') return toAppError(error);
  const cause = error instanceof UploadError ? (error.facts.cause ?? error) : error;
  log.warn('ipc-failed', { channel, name: cause instanceof Error ? cause.name : 'unknown' });
  return { code: 'internal' };
}
