import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultCase } from './fault-case.ts';
import { type Lane, type Play, type Remains, dropCurtain, raiseCurtain } from './lane.ts';

/** Whoever is still at it then is taken to hang. */
const capMs = 120_000;

export interface PeerPlay extends Remains {
  /** `completed`, `failed: <name of the error>` or `hangs`. */
  readonly outcome: string;
}

const alive = new Set<ChildProcess>();
process.once('exit', () => alive.forEach((child) => child.kill('SIGKILL')));

/** The same fault for lib-storage, in a process of its own; null where it has nothing this could happen to. */
export async function playPeer(lane: Lane, fault: FaultCase): Promise<PeerPlay | null> {
  if (fault.isForPeer === false) return null;
  const play = await raiseCurtain(lane, fault, 'peer', { giveNewKeys: () => undefined, setJournalFull: () => undefined });
  const acting = (fault.act?.(play.scene) ?? Promise.resolve()).catch(() => undefined);
  // Killed, it can only be started again from the beginning.
  if (fault.restart === 'killed') await upload(lane, play, play.scene.arrived(0.5).catch(() => undefined));
  const outcome = await upload(lane, play, wait(capMs, undefined, { ref: false }));
  play.curtain.abort();
  await acting;
  return { ...(await dropCurtain(lane, play)), outcome };
}

/** Killed when `limit` comes first. */
async function upload({ target, programs }: Lane, { scene }: Play, limit: Promise<unknown>): Promise<string> {
  const job = { ...target.open(), file: scene.path, key: scene.key };
  const child = spawn(process.execPath, [programs.peer, JSON.stringify(job)], { stdio: ['ignore', 'pipe', 'ignore'] });
  alive.add(child);
  const words = text(child.stdout);
  const exited = once(child, 'exit');
  const isOver = await Promise.race([exited.then(() => true), limit.then(() => false)]);
  child.kill('SIGKILL');
  await exited;
  alive.delete(child);
  const said = (await words).trim();
  return isOver ? said || `failed: exit code ${child.exitCode}` : 'hangs';
}
