import { type ChildProcess, spawn } from 'node:child_process';

/** Longest that one upload may take, milliseconds. */
const patienceMs = 15 * 60_000;

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const running = new Set<ChildProcess>();
// Nothing that was started here outlives us.
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Runs a program to its end. Rejects with the end of what it said when it fails or takes too long. */
export async function runToEnd(
  { program, args, env }: Command,
  onStart: (pid: number) => void = () => undefined,
): Promise<string> {
  const child = spawn(program, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let said = '';
  const hear = (chunk: Buffer): void => void (said = (said + chunk.toString()).slice(-4000));
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  if (child.pid !== undefined) onStart(child.pid);
  const impatience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(impatience);
  running.delete(child);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said.trim()}`);
  return said;
}

/** Starts a server that tells its port as its first line. */
export async function startServer(program: string, args: readonly string[]): Promise<{ port: number; stop: () => void }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  running.add(child);
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}`)));
    child.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())));
  });
  return {
    port,
    stop: () => {
      running.delete(child);
      child.kill();
    },
  };
}
