import type { CostsText } from './costs-text.ts';

const videos = (count: number) => (count === 1 ? '1 video' : `${count} videos`);

export const costsTextEn: CostsText = {
  intro: 'What a month costs, and what the same would cost elsewhere. An estimate, not the provider’s bill.',
  reading: 'Adding up…',
  refused: 'It could not be added up',
  known: (count, bytes) => `This computer has sent ${videos(count)} here, ${bytes}.`,
  counted: (count, bytes) => `The destination holds ${videos(count)}, ${bytes}.`,
  countAll: 'Count everything there',
  counting: 'Counting…',
  views: 'Times each video is watched in a month',
  viewsHelp: 'This weighs most in Amazon’s bill.',
  viewsProblem: 'Type a number from 0 to 1 million.',
  table: 'Cost per month',
  kinds: { r2: 'Cloudflare R2', s3: 'Amazon S3', disk: 'Render disk' },
  here: 'this destination',
  lines: {
    storage: 'Keeping the videos',
    unfinished: 'Unfinished uploads',
    requests: 'Requests to the server',
    egress: 'Watching the videos',
    total: 'Total per month',
  },
  notCounted: 'not counted',
  why: (bytes, { r2, s3 }) => `Watching takes ${bytes} a month. On Amazon that costs ${s3}; on R2, ${r2}.`,
  nothing: 'nothing',
  whyNobody: 'With nobody watching, only what is kept is paid for.',
  freeTiers:
    'Without what is free every month: on R2, 10 GB kept, 1 million writes and 10 million reads; on Amazon, 100 GB watched and, for new accounts in their first year, 5 GB kept.',
  prices: (date) => `Prices of ${date}, in US dollars and without taxes.`,
  ownDisk: 'A disk of your own costs nothing per month; the price here is that of a disk at Render.',
  ownServer: 'This server is not Amazon’s: its prices may be others.',
};
