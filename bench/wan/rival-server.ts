import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { Meter } from '../meter.ts';
import { packetHead } from './rival-packet.ts';

/** The far end of a competitor: counts what TCP brings, and sends the head of each UDP packet back at once. */
export async function startRivalServer(host: string, port: number, meter: Meter): Promise<void> {
  const tcp = createServer((socket) => {
    socket.on('data', (chunk: Buffer) => meter.addRival(chunk.length));
    // A competitor that stops in mid-stream resets the connection.
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve, reject) => {
    tcp.once('error', reject).listen(port, host, resolve);
  });
  const udp = createSocket('udp4');
  udp.on('message', (packet, from) => {
    meter.addRival(packet.length);
    udp.send(packet.subarray(0, packetHead), from.port, from.address);
  });
  await new Promise<void>((resolve, reject) => {
    udp.once('error', reject).bind(port, host, resolve);
  });
}
