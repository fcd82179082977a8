import { type SinkOptions, startSinkServer } from './sink-server.ts';

/**
 * The bench's server as a process of its own. Its only argument is its options in JSON; it tells its port on standard
 * output and ends with its standard input.
 */
const port = await startSinkServer(JSON.parse(process.argv[2] ?? '') as SinkOptions);
process.stdout.write(`${port}\n`);
// Whoever started us has died without a word.
process.stdin.resume().once('end', () => process.exit(0));
