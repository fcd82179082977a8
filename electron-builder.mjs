// @ts-check
// How Remessa is packaged (electron-builder's configuration; `npm run package` reads it).
import { chmodSync, rmSync } from 'node:fs';
import path from 'node:path';
import { resolveElectron } from './scripts/electron-runtime.mjs';

const electron = await resolveElectron(console.error);
// With the stand-in runtime we are where GitHub cannot be reached, and electron-builder must not fetch its tools
// from there either. Such packages are for trying, not for giving to people: their Electron is out of support.
const isOffline = electron.source !== 'electron';
if (isOffline && process.env['REMESSA_RELEASE']) throw new Error(`A release needs Electron itself, not ${electron.dist}`);
if (isOffline) await useLocalTools();

async function useLocalTools() {
  const { path7za } = await import('7zip-bin');
  chmodSync(path7za, 0o755);
  process.env['ELECTRON_BUILDER_7ZIP_PATH'] ??= path7za;
  process.env['CUSTOM_FPM_PATH'] ??= path.join(import.meta.dirname, 'scripts/fpm-dpkg.mjs');
  process.env['ELECTRON_BUILDER_COMPRESSION_LEVEL'] ??= '1'; // level 9 takes minutes for 4 % less
}

/** Removes what a packaged app must not carry: the stand-in's loader of unpackaged apps, and its version mark. */
function removeDevelopmentFiles(/** @type {{ appOutDir: string }} */ { appOutDir }) {
  for (const name of ['resources/default_app.asar', 'version']) rmSync(path.join(appOutDir, name), { force: true });
}

/** @type {import('electron-builder').Configuration} */
const configuration = {
  appId: 'br.com.ensinalab.remessa',
  productName: 'Remessa',
  directories: { buildResources: 'build', output: 'release' },
  // The code is bundled; only the keychain module is native and stays a file, unpacked beside app.asar.
  files: ['dist/**', '!**/*.map', 'package.json'],
  npmRebuild: false, // it comes prebuilt, for the system it is installed on: each system packages itself
  ...(isOffline ? { electronDist: electron.dist, electronVersion: electron.version } : {}),
  afterPack: removeDevelopmentFiles,
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    // Off for everybody. Only the package that the end-to-end tests start has it on: Playwright attaches through it.
    enableNodeCliInspectArguments: process.env['REMESSA_E2E_PACKAGE'] === '1',
    onlyLoadAppFromAsar: true,
    enableCookieEncryption: true,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: {
    target: ['tar.gz', 'deb', ...(isOffline ? [] : ['AppImage'])],
    category: 'AudioVideo',
    icon: 'build/icons',
    syncDesktopName: true,
    executableName: 'remessa',
  },
  deb: {
    packageCategory: 'video',
    // libsecret and gnome-keyring (or KWallet) hold the credentials. Both names: Debian 13 and Ubuntu 24.04 renamed.
    depends: ['libgtk-3-0 | libgtk-3-0t64', 'libnotify4', 'libnss3', 'libasound2 | libasound2t64', 'libgbm1', 'libsecret-1-0', 'xdg-utils'],
    recommends: ['gnome-keyring | kwalletmanager'],
    ...(isOffline ? {} : { compression: 'xz' }),
  },
  win: { target: ['nsis'], icon: 'build/icon.ico' },
  nsis: { oneClick: true, perMachine: false, deleteAppDataOnUninstall: false },
  mac: {
    target: ['dmg', 'zip'],
    icon: 'build/icon.icns',
    category: 'public.app-category.video',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.plist',
  },
};

export default configuration;
