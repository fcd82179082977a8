import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { makePacket, sentAtOf } from './rival-packet.ts';
import type { RivalWish } from './rival-wish.ts';

/** What the process is told. */
export interface RivalJob extends RivalWish {
  readonly host: string;
  readonly port: number;
}

/** What it has seen; epoch milliseconds. */
export interface RivalReport {
  readonly began: number;
  readonly ended: number;
  /** When a packet was sent, and its round trip in milliseconds, or null when it never came back. */
  readonly trips: ReadonlyArray<readonly [number, number | null]>;
}

const packetBytes = 1200;
const callBitsPerSecond = 3_000_000;
/** Small packets that only look at the delay, before and after the competitor's time. */
const lookBytes = 64;
const lookEveryMs = 20;
const tickMs = 4;
/** For the last packets to come back, milliseconds. */
const patienceMs = 2000;

/**
 * The competitor, in a process of its own: what the uploader's event loop does must not show in its delays. The
 * argument is a RivalJob in JSON; it begins at once, ends with its standard input, and then tells a RivalReport.
 */
const job = JSON.parse(process.argv[2] ?? '') as RivalJob;
const began = Date.now();
const origin = performance.now();
/** Round trip by the time of sending. */
const trips = new Map<number, number | null>();
const seconds = (): number => (performance.now() - origin) / 1000;
const isItsTime = (): boolean => seconds() >= job.from && seconds() < job.to;

const socket = createSocket('udp4');
socket.on('message', (head) => trips.set(sentAtOf(head), performance.now() - sentAtOf(head)));
// A packet that cannot be sent is a lost one.
socket.on('error', () => undefined);

function send(bytes: number): void {
  const now = performance.now();
  // Two in one tick of the clock would be one in the map.
  const sentAt = trips.has(now) ? now + Math.random() / 1000 : now;
  trips.set(sentAt, null);
  socket.send(makePacket(bytes, sentAt), job.port, job.host);
}

let lookedAt = 0;
let owedBits = 0;
let tickedAt = performance.now();
const ticking = setInterval(() => {
  const now = performance.now();
  const isCalling = job.kind === 'call' && isItsTime();
  owedBits = isCalling ? owedBits + ((now - tickedAt) / 1000) * callBitsPerSecond : 0;
  for (; owedBits >= packetBytes * 8; owedBits -= packetBytes * 8) send(packetBytes);
  tickedAt = now;
  if (!isCalling && now - lookedAt >= lookEveryMs) {
    lookedAt = now;
    send(lookBytes);
  }
}, tickMs);

if (job.kind === 'greedy') setTimeout(takeWhatThereIs, job.from * 1000);

function takeWhatThereIs(): void {
  const chunk = Buffer.alloc(256 * 1024);
  const stream = connect(job.port, job.host);
  const more = (): void => {
    if (!isItsTime()) stream.destroy();
    else if (stream.write(chunk)) setImmediate(more);
    else stream.once('drain', more);
  };
  stream.on('error', () => stream.destroy());
  stream.once('connect', more);
  // Where nothing drains any more, nobody would look at the clock.
  setTimeout(() => stream.destroy(), (job.to - job.from) * 1000);
}

process.stdin.resume().once('end', () => {
  clearInterval(ticking);
  setTimeout(() => {
    const report: RivalReport = {
      began,
      ended: Date.now(),
      trips: [...trips].map(([sentAt, trip]) => [began + sentAt - origin, trip]),
    };
    process.stdout.write(JSON.stringify(report), () => process.exit(0));
  }, patienceMs);
});
