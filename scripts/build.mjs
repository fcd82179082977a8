// @ts-check
import { localTool, run } from './run-command.mjs';

/** `vite build`: main process, preload and window, into dist/. Takes about three seconds, so it is never skipped. */
export async function build() {
  const code = await run(process.execPath, [String(localTool('vite')), 'build', '--logLevel', 'warn']);
  if (code !== 0) process.exit(code); // Vite has said why
}
