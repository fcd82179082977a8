// @ts-check
/**
 * How to start npm: the one that started us when there is one, so that both are the same version, else the PATH's.
 * @param {readonly string[]} args
 * @returns {{ command: string, args: readonly string[], shell: boolean }}
 */
export function npmCommand(args) {
  const started = process.env['npm_execpath'];
  if (started && /npm-cli\.c?js$/.test(started)) return { command: process.execPath, args: [started, ...args], shell: false };
  // On Windows npm is a .cmd file, which only a shell can start. The arguments are ours and need no quoting.
  return { command: 'npm', args, shell: process.platform === 'win32' };
}
