import { startPracticeServer, type PracticeServerOptions } from '../../electron/practice/practice-server.ts';

/**
 * A practice bucket in a process of its own, so that a test can SIGKILL it. Options come as JSON in the first
 * argument; the port goes to standard output. Run with `node --import tsx`.
 */
const options = JSON.parse(process.argv[2] ?? '{}') as PracticeServerOptions;
const server = await startPracticeServer(options);
process.stdout.write(`${server.port}\n`);
