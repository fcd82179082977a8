// @ts-check
// `npm run bench`: the engine against lib-storage, the platform's limit and other programs. See docs/performance.md.
import { runInDesktop } from './desktop.mjs';
import { resolveElectron, runtimeArguments } from './electron-runtime.mjs';
import { commandEnd, interruption, spawnForwarded } from './forwarded-command.mjs';

/** Which Electron to measure in; none where there is none, the rest is worth measuring without it. */
async function electronFor() {
  try {
    const electron = await resolveElectron((line) => console.error(line));
    // No window is opened, so no display is needed.
    const headless = process.platform === 'linux' ? ['--ozone-platform=headless', '--disable-gpu'] : [];
    const args = [...runtimeArguments(electron), ...headless];
    return { executable: electron.executable, version: electron.version, args };
  } catch (error) {
    console.error(`Measuring without Electron: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

const args = process.argv.slice(2);
// A server has no use for it.
const electron = args.includes('--serve') ? undefined : await electronFor();
const extra = electron === undefined ? {} : { REMESSA_BENCH_ELECTRON: JSON.stringify(electron) };
const command = [process.execPath, '--import', 'tsx', 'bench/run.ts', ...args];
process.exitCode = args.includes('--window')
  ? await runInDesktop(command, extra)
  : await commandEnd(spawnForwarded(command, { ...process.env, ...extra }), interruption());
