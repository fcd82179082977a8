import { type ChildProcess, spawn } from 'node:child_process';

/** Longest that one upload may take, milliseconds. */
const patienceMs = 15 * 60_000;
/** Between the friendly and the last word. */
const tidyMs = 10_000;

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const running = new Set<ChildProcess>();
const groups = new Set<ChildProcess>();
process.once('exit', () => {
  // Nothing that was started here outlives us; who has things to take down is asked to.
  running.forEach((child) => child.kill('SIGKILL'));
  groups.forEach((child) => signalGroup(child, 'SIGTERM'));
});

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
  const code = await ended(child);
  clearTimeout(impatience);
  running.delete(child);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said.trim()}`);
  return said;
}

/**
 * Runs a shell command that starts others and tidies up behind them. It talks on our standard error. When it takes too
 * long, all of it is asked to end, and killed only if it does not.
 */
export async function runGroup(command: string, env: NodeJS.ProcessEnv, limitMs: number): Promise<void> {
  const child = spawn('bash', ['-c', command], { env, stdio: ['ignore', 2, 2], detached: true });
  groups.add(child);
  const timers = [setTimeout(() => signalGroup(child, 'SIGTERM'), limitMs)];
  timers.push(setTimeout(() => signalGroup(child, 'SIGKILL'), limitMs + tidyMs));
  const code = await ended(child);
  timers.forEach(clearTimeout);
  groups.delete(child);
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // All of them have ended.
  }
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
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

/** Starts a program that works until its standard input ends and then says what it has seen. */
export function startWitness(program: string, args: readonly string[]): { readonly report: () => Promise<string> } {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  running.add(child);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const end = ended(child);
  end.catch(() => undefined);
  return {
    report: async () => {
      child.stdin.end();
      const code = await end;
      running.delete(child);
      if (code !== 0) throw new Error(`${program} ended with ${code}`);
      return said;
    },
  };
}

/** Kills a program at a moment of the caller's choice; until then it does what it does. */
export function startVictim({ program, args, env }: Command): { readonly kill: () => Promise<void> } {
  const child = spawn(program, [...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  running.add(child);
  const end = ended(child);
  end.catch(() => undefined);
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await end;
      running.delete(child);
    },
  };
}
