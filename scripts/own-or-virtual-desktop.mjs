// @ts-check
// Where the app's window opens when a person starts it: on their desktop, with their keychain; and only where there
// is no display at all, on a virtual one.
import { startVirtualDesktop } from './virtual-desktop.mjs';

export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/**
 * What this needs to be installed first.
 * @returns {{ packages: readonly import('./system-packages.mjs').PackageSet[], strict: boolean }}
 */
export function desktopNeeds() {
  return hasDisplay() ? { packages: [], strict: false } : { packages: ['virtual'], strict: true };
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => Promise<void> }>}
 */
export async function openDesktop(signal) {
  if (hasDisplay()) return { env: process.env, stop: async () => {} };
  const desktop = await startVirtualDesktop(signal);
  const cookies = desktop.env['XAUTHORITY'];
  console.error(`
No display here: Remessa runs on a virtual one, ${desktop.display}. Its keychain is forgotten when you stop.
  take a picture   XAUTHORITY=${cookies} ffmpeg -f x11grab -i ${desktop.display} -frames:v 1 remessa.png
  look and click   x11vnc -localhost -auth ${cookies} -display ${desktop.display}   (Debian package x11vnc)
  stop             Ctrl+C
`);
  return desktop;
}
