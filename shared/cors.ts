/** A rule as S3 and R2 keep it (PutBucketCors). Names without capitals, as ours are; `toJson` writes theirs. */
export interface CorsRule {
  readonly id: string | null;
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly maxAgeSeconds: number | null;
}

/** What players ask with: seeking sends `Range`. */
const playbackMethods = ['GET', 'HEAD'];
const playbackHeaders = ['range'];
/** What a page may read of the answer, so that a player can seek and show the length. */
const playbackExposed = ['content-length', 'content-range', 'accept-ranges', 'etag'];
const playbackMaxAge = 3600;
export const playbackRuleId = 'remessa-playback';

/** The least that lets pages of these origins play the videos. */
export function playbackRule(origins: readonly string[]): CorsRule {
  return {
    id: playbackRuleId,
    origins: [...new Set(origins)],
    methods: playbackMethods,
    allowedHeaders: playbackHeaders,
    exposedHeaders: playbackExposed,
    maxAgeSeconds: playbackMaxAge,
  };
}

/**
 * The rules with those origins let in. Rules of others stay as they are; ours is extended or added. Origins that may
 * play already need nothing. The same list when there is nothing to do.
 */
export function mergeCors(rules: readonly CorsRule[], origins: readonly string[]): readonly CorsRule[] {
  const missing = origins.map(asBrowsersSay).filter((origin) => !mayPlay(rules, origin));
  if (missing.length === 0) return rules;
  const ours = rules.find(({ id }) => id === playbackRuleId);
  if (ours === undefined) return [...rules, playbackRule(missing)];
  const extended = playbackRule([...ours.origins, ...missing]);
  return rules.map((rule) => (rule === ours ? extended : rule));
}

/** Origins are compared letter by letter, and browsers send them in small letters and without the usual port. */
const asBrowsersSay = (origin: string): string =>
  origin.toLowerCase().replace(/^(http:.*):80$|^(https:.*):443$/, (_all, http?: string, https?: string) => http ?? https ?? '');

/** Whether pages of an origin may play: a GET with a `Range` header is answered for them. */
export function mayPlay(rules: readonly CorsRule[], origin: string): boolean {
  return rules.some(
    ({ origins, methods, allowedHeaders }) =>
      origins.some((pattern) => matches(pattern, origin)) &&
      playbackMethods.every((method) => methods.includes(method)) &&
      playbackHeaders.every((header) => allowedHeaders.some((pattern) => matches(pattern.toLowerCase(), header))),
  );
}

/** S3: one `*` stands for anything. */
function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
}

export type OriginProblem = 'empty' | 'form' | 'path';

/**
 * What is wrong with a typed origin: scheme, host and port, nothing behind them (Cloudflare R2, "Configure CORS"), and
 * at most one `*` in it.
 */
export function originProblem(text: string): OriginProblem | null {
  if (text === '') return 'empty';
  if (text === '*') return null;
  const match = /^https?:\/\/([^\s/?#@*]*\*?[^\s/?#@*]*)([/?#].*)?$/i.exec(text);
  if (match === null || match[1] === '') return 'form';
  return match[2] === undefined ? null : 'path';
}

/** As the dashboards of Cloudflare and AWS take it. */
export function corsJson(rules: readonly CorsRule[]): string {
  const plain = rules.map(({ id, origins, methods, allowedHeaders, exposedHeaders, maxAgeSeconds }) => ({
    ...(id === null ? {} : { ID: id }),
    AllowedOrigins: origins,
    AllowedMethods: methods,
    ...(allowedHeaders.length === 0 ? {} : { AllowedHeaders: allowedHeaders }),
    ...(exposedHeaders.length === 0 ? {} : { ExposeHeaders: exposedHeaders }),
    ...(maxAgeSeconds === null ? {} : { MaxAgeSeconds: maxAgeSeconds }),
  }));
  return JSON.stringify(plain, null, 2);
}
