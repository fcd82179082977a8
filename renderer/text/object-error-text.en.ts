import type { ErrorCode } from '../../shared/errors.ts';
import type { ErrorText } from './error-text.ts';

/** About what is at a destination already, and is looked after there. */
export const objectErrorTextEn = {
  'object-missing': {
    cause: 'there is no such video',
    title: 'There is no video with this name',
    hint: 'It may have been deleted already, or have another name. Capitals count.',
    action: null,
  },
  'object-changed': {
    cause: 'another video has taken its place',
    title: 'Another video has taken its place',
    hint: 'It changed at the destination after you had looked. Look at what is there now, and decide again.',
    action: null,
  },
  'delete-unconfirmed': {
    cause: 'the server did not confirm the deletion',
    title: 'The video is still there',
    hint: 'The server accepted the deletion and still shows the video. Wait a minute and look again.',
    action: null,
  },
  'upload-in-use': {
    cause: 'one of your uploads is using it',
    title: 'One of your uploads is using it',
    hint: 'Cancel that upload in the list instead.',
    action: null,
  },
  'not-supported': {
    cause: 'the destination cannot do that',
    title: 'The destination cannot do that',
    hint: 'Its server does not know this function. Uploads work without it.',
    action: null,
  },
} satisfies Partial<Readonly<Record<ErrorCode, ErrorText>>>;
