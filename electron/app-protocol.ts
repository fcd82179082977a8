import { stat } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { net, protocol } from 'electron';

/** The window's own origin: unlike file://, it has one, so that the CSP's 'self' means this app and nothing else. */
export const appOrigin = 'app://remessa';

/** Has to happen before the app is ready (Electron, protocol.registerSchemesAsPrivileged). */
export function declareAppProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the compiled window from `folder` and nothing above it. */
export function serveAppProtocol(folder: string): void {
  const root = normalize(folder) + sep;
  protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url);
    const wanted = normalize(join(root, decodePath(pathname)));
    if (host !== 'remessa' || !wanted.startsWith(root)) return new Response(null, { status: 400 });
    const isFile = await stat(wanted).then(
      (facts) => facts.isFile(),
      () => false,
    );
    return isFile ? net.fetch(pathToFileURL(wanted).href) : new Response(null, { status: 404 });
  });
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname === '/' ? '/index.html' : pathname);
  } catch {
    // A stray percent sign names no file of ours.
    return '/';
  }
}
