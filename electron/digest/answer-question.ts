import { combineCrc64 } from './crc64-combine.ts';
import type { DigestAnswer, DigestQuestion } from './digest-question.ts';
import { ShortFileError, digestRange } from './digest-range.ts';

/** The whole duty of the worker, apart from its thread. Never rejects. */
export async function answerQuestion(question: DigestQuestion): Promise<DigestAnswer> {
  const { id } = question;
  try {
    if (question.kind === 'combine') return { id, combined: combineCrc64(question.pieces) };
    return { id, digests: await digestRange(question.path, question, question.names) };
  } catch (error) {
    if (error instanceof ShortFileError) return { id, problem: 'SHORT' };
    const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
    return { id, problem: typeof code === 'string' ? code : 'UNKNOWN' };
  }
}
