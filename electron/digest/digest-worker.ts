import { parentPort } from 'node:worker_threads';
import { answerQuestion } from './answer-question.ts';
import type { DigestQuestion } from './digest-question.ts';

/** The thread that hashes: the main process keeps answering while gigabytes are read. */
parentPort?.on('message', (question: DigestQuestion) => {
  void answerQuestion(question).then((answer) => parentPort?.postMessage(answer));
});
