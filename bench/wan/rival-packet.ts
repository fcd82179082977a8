/** Bytes of a packet that come back: when it was sent (`performance.now()` of the sender, a double). */
export const packetHead = 8;

export function makePacket(size: number, sentAt: number): Buffer {
  const packet = Buffer.alloc(size);
  packet.writeDoubleBE(sentAt, 0);
  return packet;
}

export const sentAtOf = (packet: Buffer): number => packet.readDoubleBE(0);
