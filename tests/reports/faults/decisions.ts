import type { Decide, ProxiedRequest } from '../../support/fault-proxy.ts';
import { type Fault, delayAnswer } from '../../support/faults.ts';

/** The fault for the parts that are hit. */
export const onParts =
  (isHit: (request: ProxiedRequest) => boolean, fault: () => Fault): Decide =>
  (request) =>
    request.operation === 'UploadPart' && isHit(request) ? fault() : null;

/** The fault for the first so many requests of one operation. */
export const first =
  (operation: string, times: number, fault: () => Fault): Decide =>
  (request) =>
    request.operation === operation && request.attempt <= times ? fault() : null;

/** The second part, in its first so many tries. */
export const secondPart = (times: number, fault: () => Fault): Decide =>
  onParts(({ partNumber, attempt }) => partNumber === 2 && attempt <= times, fault);

/** Exactly this share of all tries of parts; chance says with which it begins. */
export function someParts(share: number, random: () => number, fault: () => Fault): Decide {
  let due = random();
  return onParts(() => {
    due += share;
    const isHit = due >= 1;
    if (isHit) due -= 1;
    return isHit;
  }, fault);
}

/** Parts take their time, as on a link of a home, so that something can happen between them. */
export const slowParts: Decide = onParts(() => true, () => delayAnswer(200));

/** Everything, from now on or from then on, for so long. */
export function everythingFor(ms: number, fault: () => Fault, usual: Decide): Decide {
  const until = Date.now() + ms;
  return (request) => (Date.now() < until ? fault() : usual(request));
}
