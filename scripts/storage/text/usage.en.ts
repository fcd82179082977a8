import type { CommandText } from './command-text.ts';

const common = `  --lang LANGUAGE   pt-BR or en
  --json            one JSON document instead of lines
  --help            this text`;

const settings = `Settings: USE_R2_STORAGE, R2_ACCOUNT_ID, R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY, R2_BUCKET_NAME, R2_ENDPOINT_URL,
R2_PUBLIC_URL; or USE_S3_STORAGE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_S3_BUCKET_NAME,
AWS_S3_REGION, and AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL for a server that is not AWS. From the environment, or with
--env-file from that file alone. The way there: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.`;

export const usageEn: CommandText['usage'] = {
  check: `npm run storage:check -- [options]
Tries everything that uploads and links need. A test file and some parts are sent, and removed again.
  --env-file FILE   the settings stand in this file, not in the environment
  --disk FOLDER     the destination is this folder
  --prefix P        keys begin so
${common}

${settings}
Ends with 0 when the destination is healthy, with 1 when something does not work, with 2 when it cannot be told.
JSON: healthy, state, isCleanedUp, destination, checks (name, state, problem, error, permission, facts, said, remedy).`,

  cors: `npm run storage:cors -- [--origin URL …] [--apply] [options]
Shows which websites may play the videos in their own pages, and what would let others in: GET and HEAD, kept for an
hour. Rules are added to those that are there, which are never replaced.
  --origin URL      a website that is to play the videos, such as https://www.school.example; may come several times
  --apply           adds the rule; where the key may not, the JSON for the dashboard is printed
  --env-file FILE   the settings stand in this file, not in the environment
${common}

${settings}
Ends with 0 when nothing is missing or it was applied, with 1 when something is missing, with 2 for a wrong call.
JSON: destination, isReadable, rules, origins, missing, proposed, applied (not-asked, nothing-to-do, applied, refused,
not-kept); rules as the dashboards of Cloudflare and AWS take them.`,

  unfinished: `npm run storage:unfinished -- [--remove --older-than DAYS] [options]
Lists uploads that were begun and never finished, with their age, size and cost. It cannot see whether a running Remessa,
here or on another computer, still goes on with one of them.
  --older-than DAYS only those that were begun longer ago; 0.5 is twelve hours
  --remove          makes the destination forget them; only with --older-than
  --env-file FILE   the settings stand in this file, not in the environment
  --disk FOLDER     the destination is this folder
  --prefix P        only keys that begin so
${common}

${settings}
Ends with 0 when the list was read and what was to be removed is, with 1 when the destination refused something, with 2
for a wrong call.
JSON: destination, uploads (key, uploadId, initiatedAt, ageDays, bytes, parts, monthlyUsd, isRemoved), total, younger,
removed, knowsRunningUploads (always false).`,

  migrate: `npm run storage:migrate -- SOURCE [TARGET] [--run] [options]
Brings existing videos to a destination. Without --run it only says what would be done. What is there already is not
sent again; a run that was interrupted goes on when the same call is made once more.
Source, one of:
  --from FOLDER     MP4 files in a folder and the folders in it
  --from-env FILE   the bucket whose settings stand in this file; --from-prefix P: only keys that begin so
  --from-disk FOLDER a folder that is a destination already; keys stay as they are
Target, one of (else the environment):
  --to-env FILE     the bucket whose settings stand in this file (--env-file is the same)
  --to-disk FOLDER  a folder; a run makes a destination of it
Options:
  --run             sends
  --prefix P        keys at the target begin so
  --template T      how the keys of files are made: {id} {name} {slug} {yyyy} {mm} {ulid}; videos/video_{id}.mp4
  --ids MAP.csv     a table with the columns path and id or key, for names that hold no id
  --on-different R  what happens to a key that holds another video: skip (it stays), replace, rename (ours gets a number)
  --map OUT.csv     writes the table id,path,key,url,status
  --state DIR       where an interrupted run from a folder is remembered; ~/.remessa/migrations/…
${common}

${settings}
Ends with 0 when every video is at the target, with 1 when something is left (new, different, not comparable, not a
video, failed), with 2 for a wrong call, with 130 after Ctrl+C.
JSON: source, target, isRun, onDifferent, phase (planned, done, failed, interrupted), counts (videos and bytes of each of
new, same, different, unsure, invalid, sent, skipped, failed), left, sentBytes, seconds, cost (monthlyUsd, readingUsd,
pricesAsOf), troubles (path, key, size, status, error; at most 200), map, state, error.`,
};
