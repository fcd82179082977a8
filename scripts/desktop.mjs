// @ts-check
// Runs a command where windows and the keychain work and belong to nobody: on Linux in a throw-away desktop
// session, elsewhere in the person's own.
//   node scripts/desktop.mjs -- playwright test
import path from 'node:path';
import { resolveElectron } from './electron-runtime.mjs';
import { commandEnd, interruption, spawnForwarded } from './forwarded-command.mjs';
import { isMain, root } from './run-command.mjs';
import { ensurePackages, hasApt } from './system-packages.mjs';
import { startVirtualDesktop } from './virtual-desktop.mjs';

/**
 * @param {readonly string[]} command      program and arguments; programs in node_modules/.bin are found
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {Promise<number>} its exit code
 */
export async function runInDesktop(command, extra = {}) {
  if (hasApt() && !(await ensurePackages(['window', 'virtual'], console.error))) return 1;
  const electron = await resolveElectron(console.error);
  const signal = interruption();
  const desktop = process.platform === 'linux' ? await startVirtualDesktop(signal) : undefined;
  const env = withPath({
    ...(desktop?.env ?? process.env),
    ...extra,
    ELECTRON_OVERRIDE_DIST_PATH: electron.dist,
    REMESSA_ELECTRON: electron.executable, // Playwright's executablePath
  });
  try {
    return await commandEnd(spawnForwarded(command, env), signal);
  } finally {
    await desktop?.stop();
  }
}

/** @param {NodeJS.ProcessEnv} env */
function withPath(env) {
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'; // `Path` on Windows
  return { ...env, [name]: [path.join(root, 'node_modules/.bin'), env[name]].join(path.delimiter) };
}

if (isMain(import.meta.url)) {
  const command = process.argv.slice(2);
  if (command[0] === '--') command.shift();
  if (command.length === 0) throw new Error('Usage: node scripts/desktop.mjs -- command [arguments]');
  process.exitCode = await runInDesktop(command);
}
