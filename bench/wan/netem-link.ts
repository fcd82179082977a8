import { type ChildProcess, execFileSync, spawn } from 'node:child_process';

/**
 * The usual maker of links, a program of its own: two network namespaces joined by a veth pair, delay, rate and loss
 * by the kernel's netem. Linux and root only. It is told everything by environment variables (see docs/performance.md)
 * and ends with the client's exit code.
 */
const number = (name: string, fallback?: number): number => {
  const value = Number(process.env[name] ?? fallback);
  if (!Number.isFinite(value)) throw new Error(`${name} is not set`);
  return value;
};
const wanted = {
  delayMs: number('LINK_DELAY_MS'),
  upMbit: number('LINK_UP_MBIT'),
  loss: number('LINK_LOSS'),
  queueMs: number('LINK_QUEUE_MS', 50),
};
const near = { space: `rbn${process.pid}`, device: 'wan0', ip: '10.98.7.1' };
const far = { space: `rbf${process.pid}`, device: 'wan0', ip: '10.98.7.2' };
const packetBytes = 1500;
const readyMs = 20_000;

/** One program, its words separated by blanks. */
function run(line: string): void {
  const [program = '', ...args] = line.split(' ');
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

const shape = (verb: 'add' | 'change', space: string, upMbit: number): void => {
  const { delayMs, loss, queueMs } = wanted;
  // netem's limit counts the packets under way as well as those that wait.
  const limit = Math.ceil((upMbit * 1e6 * (delayMs + queueMs)) / 8000 / packetBytes);
  const rules = `delay ${delayMs}ms rate ${upMbit}mbit loss ${loss * 100}% limit ${limit}`;
  run(`ip netns exec ${space} tc qdisc ${verb} dev wan0 root netem ${rules}`);
};

function makeLink(): void {
  for (const { space } of [near, far]) run(`ip netns add ${space}`);
  run(`ip link add wan0 netns ${near.space} type veth peer name wan0 netns ${far.space}`);
  for (const { space, device, ip } of [near, far]) {
    run(`ip -n ${space} addr add ${ip}/24 dev ${device}`);
    // Otherwise TCP hands over 64 KiB at a time, and one loss would be forty.
    run(`ip -n ${space} link set ${device} gso_max_segs 1 mtu ${packetBytes} up`);
    run(`ip -n ${space} link set lo up`);
    try {
      run(`ip netns exec ${space} sysctl -qw net.ipv4.tcp_congestion_control=cubic`);
    } catch {
      process.stderr.write('TCP cubic is not to be had here: the figures are those of this computer’s usual one.\n');
    }
    shape('add', space, wanted.upMbit);
  }
}

function tearDown(): void {
  for (const { space } of [near, far]) {
    try {
      execFileSync('ip', ['netns', 'del', space], { stdio: 'ignore' });
    } catch {
      // It was never made.
    }
  }
}

function start(space: string, command: string | undefined, stdout: 'pipe' | 'inherit'): ChildProcess {
  if (command === undefined) throw new Error('LINK_SERVER and LINK_CLIENT say what to run');
  const env = { ...process.env, SERVER_IP: far.ip, CLIENT_IP: near.ip };
  return spawn('ip', ['netns', 'exec', space, 'bash', '-c', command], { env, stdio: ['ignore', stdout, 'inherit'] });
}

async function main(): Promise<number> {
  makeLink();
  const server = start(far.space, process.env['LINK_SERVER'], 'pipe');
  try {
    await new Promise<void>((resolve, reject) => {
      const impatience = setTimeout(() => reject(new Error('The server does not get ready')), readyMs);
      server.once('exit', () => reject(new Error('The server has ended')));
      server.stdout?.on('data', (chunk: Buffer) => {
        if (!chunk.toString().includes('READY')) return;
        clearTimeout(impatience);
        resolve();
      });
    });
    const changes = (process.env['LINK_CHANGES'] ?? '').split(' ').filter((text) => text !== '');
    for (const [at, upMbit] of changes.map((text) => text.split(':').map(Number))) {
      setTimeout(() => [near, far].forEach(({ space }) => shape('change', space, upMbit ?? 0)), (at ?? 0) * 1000).unref();
    }
    const client = start(near.space, process.env['LINK_CLIENT'], 'inherit');
    return await new Promise<number>((resolve) => {
      client.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    server.kill();
  }
}

// The whole group is told to end, so the client ends too, and with it `main`.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
process.once('exit', tearDown);
process.exit(
  await main().catch((problem: unknown) => {
    process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
    process.stderr.write('A link needs Linux, root, iproute2 and a kernel with netem; --link-command takes another maker.\n');
    return 2;
  }),
);
