import type { Check, Finding } from '../../upkeep/ports.ts';
import { UploadError } from '../../uploads/upload-error.ts';
import { errorCodeOf } from '../s3-errors.ts';
import { presignedUrl, publicUrl } from '../share-url.ts';
import { because, failed, passed, warned } from './findings.ts';
import type { Probe } from './probe.ts';
import { permissionsOf, type Scene } from './scene.ts';
import { askAsStranger, type StrangersAnswer } from './stranger.ts';

/** Which bytes of the probe a player would ask for first. */
const rangeEnd = 99;
const headers = { range: `bytes=0-${rangeEnd}` };

/** Whether somebody without a key sees the video, through each kind of link. */
export function linkChecks(scene: Scene): readonly Check[] {
  const { get } = permissionsOf(scene.destination);
  return [
    { name: 'presigned', needs: ['get'], permission: get, run: (signal) => checkPresigned(scene, signal) },
    { name: 'public-url', needs: ['put'], permission: null, run: (signal) => checkPublic(scene, signal) },
  ];
}

/** The link opens for everybody who has it: it is in no fact and in no error. */
async function checkPresigned({ bucket, probe }: Scene, signal: AbortSignal): Promise<Finding> {
  const { url } = await presignedUrl(bucket, probe.object.key, 1, signal);
  const answer = await askAsStranger({ url, method: 'GET', headers, proxy: bucket.proxy, signal });
  if (!isContent(answer)) throw refusal(answer);
  return judged(answer, probe, {});
}

async function checkPublic({ publicPlace, probe }: Scene, signal: AbortSignal): Promise<Finding> {
  if (publicPlace === null) return { state: 'skipped', problem: 'no-public-url' };
  const { baseUrl, proxy } = publicPlace;
  const facts = { url: baseUrl };
  let answer: StrangersAnswer;
  try {
    answer = await askAsStranger({ url: publicUrl(baseUrl, probe.object.key), method: 'GET', headers, proxy, signal });
  } catch (error) {
    if (signal.aborted || !(error instanceof UploadError)) throw error;
    return because(failed('public-unreachable', facts), error);
  }
  if (!isContent(answer)) return failed('public-status', { ...facts, status: answer.status });
  return judged(answer, probe, facts);
}

const isContent = ({ status }: StrangersAnswer): boolean => status === 200 || status === 206;

function judged(
  { status, body, headers: told }: StrangersAnswer,
  { object, bytes }: Probe,
  facts: Readonly<Record<string, string>>,
): Finding {
  const wanted = status === 206 ? bytes.subarray(0, rangeEnd + 1) : bytes;
  if (!body.equals(wanted)) return failed('wrong-content', facts);
  const [type = ''] = (told['content-type'] ?? '').split(';');
  if (type.trim() !== object.contentType) return failed('wrong-type', { ...facts, type: type.trim() });
  // It plays, but nobody can go to another place in it.
  return status === 206 ? passed(facts) : warned('no-ranges', facts);
}

/** In S3's own words where it says why. */
function refusal({ status, body }: StrangersAnswer): UploadError {
  const serverCode = /<Code>(\w{1,64})<\/Code>/.exec(body.toString('latin1'))?.[1];
  const facts = { httpStatus: status, ...(serverCode === undefined ? {} : { serverCode }) };
  return new UploadError(status < 400 ? 'unexpected-answer' : errorCodeOf(status, serverCode), facts);
}
