import { counted, type DoctorText, type Facts, told } from './doctor-text.ts';
import type { Format } from './format.ts';

const days = (facts: Facts, format: Format): string => {
  const count = counted(facts, 'days') ?? 0;
  return `${format.integer(count)} ${count === 1 ? 'day' : 'days'}`;
};
/** The public address, or the destination itself. */
const whoShows = (facts: Facts): string => (told(facts, 'url') === '' ? 'The destination' : told(facts, 'url'));

export const doctorTextEn: DoctorText = {
  states: {
    waiting: 'waiting',
    running: 'checking',
    passed: 'fine',
    warned: 'worth a look',
    failed: 'failed',
    skipped: 'not checked',
  },
  checks: {
    settings: { name: 'Settings', passed: () => 'What was filled in fits together.' },
    dns: { name: 'Server’s name', passed: (facts) => `The name is known${inWords(told(facts, 'host'))}.` },
    tls: { name: 'Secure connection', passed: (facts, format) => `The server’s certificate is trusted, for ${days(facts, format)} more.` },
    clock: { name: 'Clock', passed: () => 'This computer’s clock is right.' },
    folder: { name: 'Folder', passed: () => 'The folder is there, and it is the one that was chosen.' },
    space: { name: 'Room', passed: (facts, format) => `${format.bytes(counted(facts, 'freeBytes') ?? 0)} are free.${quota(facts, format)}` },
    credentials: { name: 'Access key', passed: () => 'The key was accepted.' },
    bucket: {
      name: 'Bucket',
      passed: (facts) => (isPlace(told(facts, 'region')) ? `The bucket is there, in ${told(facts, 'region')}.` : 'The bucket is there.'),
    },
    put: { name: 'Write', passed: () => 'A test file was written.' },
    head: { name: 'Look', passed: () => 'The test file has the right size and the type of a video.' },
    get: { name: 'Read', passed: () => 'The test file came back, byte for byte.' },
    range: { name: 'Jump', passed: () => 'Players can begin at any place of a video.' },
    multipart: { name: 'Send in parts', passed: () => 'Large videos can be sent in parts, and go on after an interruption.' },
    checksum: { name: 'Checksum', passed: () => 'The destination proves with a checksum of its own that every byte has arrived.' },
    conditional: { name: 'No overwriting', passed: () => 'A video that is there is not replaced by accident.' },
    presigned: { name: 'Temporary link', passed: () => 'A temporary link shows the video to whoever has it.' },
    'public-url': { name: 'Public address', passed: (facts) => `${whoShows(facts)} shows the video to everybody.` },
    cors: { name: 'Playing on pages', passed: (facts, format) => `${pages(facts, format)} may play the videos.` },
    lifecycle: { name: 'Clearing up', passed: (facts, format) => `What nobody finishes sending is dropped after ${days(facts, format)}.` },
    'file-size': { name: 'Large files', passed: () => 'The disk takes files of any size.' },
    speed: { name: 'Speed', passed: (facts, format) => `${speed(facts, format)}${roundTrip(facts, format)}.` },
    delete: {
      name: 'Delete',
      passed: (facts) =>
        told(facts, 'deletion') === 'hidden'
          ? 'The test file was deleted. This bucket keeps old versions: what is deleted is only hidden, and still paid for.'
          : 'The test file was deleted, and is gone.',
    },
  },
  problems: {
    'name-unknown': {
      cause: (facts) => `Nobody knows a server by this name${inWords(told(facts, 'host'))}.`,
      remedy: () => 'Check the internet connection, then account, region and endpoint in the destination’s settings.',
    },
    'certificate-ends': {
      cause: (facts, format) => `The server’s certificate ends in ${days(facts, format)}.`,
      remedy: () => 'After that nothing can be sent any more. Tell whoever runs the server.',
    },
    'clock-off': {
      cause: (facts, format) => `This computer’s clock is ${format.duration(Math.abs(counted(facts, 'seconds') ?? 0))} ${(counted(facts, 'seconds') ?? 0) < 0 ? 'fast' : 'slow'}.`,
      remedy: () => 'Remessa makes up for it. Let the system set date and time by itself, for the sake of everything else.',
    },
    'no-checksum': {
      cause: () => 'The destination keeps no checksum of whole videos.',
      remedy: () => 'Remessa checks every part by itself, so nothing has to be done. The proof is a little weaker.',
    },
    overwrites: {
      cause: () => 'The destination replaces a video although it is asked not to.',
      remedy: () => 'Remessa looks before it sends. Two computers should not send the same name at the same time.',
    },
    'conditions-unknown': {
      cause: () => 'The destination cannot be asked to keep what is there.',
      remedy: () => 'Remessa looks before it sends. Two computers should not send the same name at the same time.',
    },
    'no-ranges': {
      cause: (facts) => `${whoShows(facts)} always sends whole videos, never a part of one.`,
      remedy: () => 'Videos play, but nobody can jump in them. Whoever runs the server can allow range requests.',
    },
    'wrong-content': {
      cause: (facts) => `${whoShows(facts)} shows something else than what was sent.`,
      remedy: (facts) =>
        told(facts, 'url') === ''
          ? 'Send nothing there until this is cleared up. Show this check to whoever runs the destination.'
          : 'Check that the public address belongs to this very bucket or folder.',
    },
    'wrong-type': {
      cause: (facts) => `${whoShows(facts)} calls the video “${told(facts, 'type') || '?'}” instead of “video/mp4”.`,
      remedy: () => 'Browsers may save it instead of playing it. Whoever runs the server can set the type of MP4 files.',
    },
    'no-public-url': {
      cause: () => 'The destination has no public address.',
      remedy: () => 'Links are temporary then. With an address of your own they are short and never expire.',
    },
    'public-unreachable': {
      cause: (facts) => `The public address${inWords(told(facts, 'url'))} does not answer.`,
      remedy: () => 'Links will not open. Check the address in the destination’s settings, and whether the domain is connected.',
    },
    'public-status': {
      cause: (facts) => `The public address${inWords(told(facts, 'url'))} does not show the video (answer ${told(facts, 'status') || '?'}).`,
      remedy: () => 'Links will not open. Make the bucket public under this address, or remove the address and use temporary links.',
    },
    'cors-missing': {
      cause: () => 'No website may play the videos inside its own pages.',
      remedy: () => 'Links open all the same. To play videos in a page, let its address in.',
    },
    'cors-hidden': {
      cause: () => 'This key may not see which websites may play the videos.',
      remedy: () => 'Sending works without it. Look at the CORS rules in the provider’s dashboard, or copy ours there.',
    },
    'lifecycle-missing': {
      cause: () => 'Nothing clears up what nobody finishes sending.',
      remedy: () => 'The parts stay and are paid for. Add a rule that drops them after 7 days.',
    },
    'lifecycle-hidden': {
      cause: () => 'This key may not see whether unfinished uploads are cleared up.',
      remedy: () => 'Sending works without it. New buckets of R2 do it after 7 days; elsewhere look in the dashboard.',
    },
    'lifecycle-long': {
      cause: (facts, format) => `What nobody finishes sending is kept for ${days(facts, format)}.`,
      remedy: () => 'The parts are paid for all that time. Seven days are enough to continue an upload.',
    },
    'not-listed': {
      cause: () => 'The destination does not show a part that it has just taken.',
      remedy: () => 'Interrupted uploads would begin anew. Show this check to whoever runs the destination.',
    },
    'still-there': {
      cause: () => 'The test file was deleted and is still shown.',
      remedy: (facts) =>
        `Nothing that you sent is affected. Look in a few minutes whether it is gone; if not, delete it by hand${inWords(told(facts, 'key'))}.`,
    },
    'space-low': {
      cause: (facts, format) => `Only ${format.bytes(counted(facts, 'freeBytes') ?? 0)} are free.`,
      remedy: () => 'Make room on the disk, or send videos to another destination.',
    },
    'over-quota': {
      cause: (facts, format) => `The videos take all that they may.${quota(facts, format)}`,
      remedy: () => 'Delete videos that nobody needs, or raise the limit in the destination’s settings.',
    },
    'small-files-only': {
      cause: () => 'This disk takes no file of 4 GB or more.',
      remedy: () => 'Smaller videos are fine. For larger ones use a disk with another format (exFAT, NTFS, APFS, ext4).',
    },
    slow: {
      cause: (facts, format) => `The line to the destination is slow: ${speed(facts, format)}.`,
      remedy: () => 'Large videos will take long. Try a cable, another network or another time of day.',
    },
    'other-region': {
      cause: (facts) => (told(facts, 'region') === '' ? 'The bucket is in another region.' : `The bucket is in another region: ${told(facts, 'region')}.`),
      remedy: () => 'Put the right region into the destination’s settings.',
    },
    incomplete: {
      cause: () => 'Something is missing in the settings.',
      remedy: () => 'Open the destination and fill in what is missing.',
    },
  },
  misfits: {
    endpoint: {
      cause: () => 'The endpoint does not fit: it is that of another account, or the bucket’s name stands in it.',
      remedy: () => 'Leave the endpoint empty, or put in the address without the bucket.',
    },
    jurisdiction: {
      cause: () => 'The endpoint is that of another jurisdiction than the one that was chosen.',
      remedy: () => 'Leave the endpoint empty and choose the jurisdiction in which the bucket was made.',
    },
    region: {
      cause: () => 'AWS has no region of this name.',
      remedy: () => 'Put in the region as the AWS console writes it, such as sa-east-1.',
    },
  },
  skipped: 'Nothing to look at here, or something else has to work first.',
  permission: (name) => `The key needs the permission “${name}”.`,
  verdicts: {
    healthy: 'Everything that uploads need works.',
    unhealthy: 'Something does not work.',
    stopped: 'The check was interrupted.',
  },
  warnings: (count, formatted) => (count === 1 ? 'One thing is worth a look.' : `${formatted} things are worth a look.`),
  notCleanedUp: 'A test file or a part of one may still be there: its name begins with “.remessa-check”.',
};

function inWords(name: string): string {
  return name === '' ? '' : ` (${name})`;
}

/** R2 and many other servers have one region with a name that says nothing. */
function isPlace(region: string): boolean {
  return region !== '' && region !== 'auto' && region !== 'default';
}

function quota(facts: Facts, format: Format): string {
  const [used, all] = [counted(facts, 'usedBytes'), counted(facts, 'quotaBytes')];
  return used === null || all === null ? '' : ` Videos take ${format.bytes(used)} of ${format.bytes(all)}.`;
}

function pages(facts: Facts, format: Format): string {
  const origins = told(facts, 'origins');
  if (origins === '' || origins.split(', ').includes('*')) return 'Pages of every website';
  const more = (counted(facts, 'count') ?? 0) - origins.split(', ').length;
  return more > 0 ? `Pages of ${origins} and ${format.integer(more)} more` : `Pages of ${origins}`;
}

function speed(facts: Facts, format: Format): string {
  return format.speed(counted(facts, 'bytesPerSecond') ?? 0);
}

function roundTrip(facts: Facts, format: Format): string {
  const ms = counted(facts, 'roundTripMs');
  return ms === null ? '' : `, and ${format.integer(Math.max(1, ms))} ms to the server and back`;
}
