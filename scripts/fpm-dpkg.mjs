#!/usr/bin/env node
// @ts-check
// Stands in for fpm, which electron-builder would download from GitHub to make a .deb. Understands the options
// electron-builder passes and does the work with dpkg-deb, which every Debian has.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** @type {Map<string, string[]>} */
const options = new Map();
/** @type {string[]} */
const sources = [];
const args = process.argv.slice(2);
for (let index = 0; index < args.length; index++) {
  const arg = String(args[index]);
  if (arg === '--force' || arg === '--debug') continue;
  if (arg.startsWith('-')) options.set(arg, [...(options.get(arg) ?? []), String(args[++index])]);
  else sources.push(arg);
}
const option = (/** @type {string} */ name) => options.get(name)?.[0] ?? '';
if (option('-t') !== 'deb') throw new Error(`Only .deb can be made without fpm, not ${option('-t')}`);

const root = mkdtempSync(path.join(tmpdir(), 'remessa-deb-'));
try {
  chmodSync(root, 0o755);
  for (const source of sources) copySource(source);
  const control = path.join(root, 'DEBIAN');
  mkdirSync(control);
  writeFileSync(path.join(control, 'control'), controlFile());
  for (const [name, script] of [['postinst', option('--after-install')], ['postrm', option('--after-remove')]]) {
    if (script) cpSync(script, path.join(control, String(name)));
    if (script) chmodSync(path.join(control, String(name)), 0o755);
  }
  const compression = ['-Zxz', '-z1'];
  execFileSync('dpkg-deb', ['--root-owner-group', ...compression, '--build', root, option('--package')], { stdio: 'inherit' });
} finally {
  rmSync(root, { recursive: true, force: true });
}

/**
 * `from=to`, as fpm has it: a folder with a slash at its end gives its contents.
 * @param {string} source
 */
function copySource(source) {
  const cut = source.lastIndexOf('=');
  const [from, to] = [source.slice(0, cut), path.join(root, source.slice(cut + 1))];
  mkdirSync(path.dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  if (statSync(from).isFile()) chmodSync(to, 0o644);
}

function controlFile() {
  const size = execFileSync('du', ['-sk', '--exclude=DEBIAN', root], { encoding: 'utf8' }).split('\t')[0];
  // electron-builder's text is an optional summary line and then the description: Debian wants both.
  const text = option('--description').split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const fields = {
    Package: option('--name'),
    Version: option('--version'),
    Architecture: option('--architecture'),
    Maintainer: option('--maintainer'),
    Homepage: option('--url'),
    Section: option('--category') || 'default',
    Priority: option('--deb-priority'),
    'Installed-Size': size,
    Depends: (options.get('-d') ?? []).join(', '),
    Recommends: (options.get('--deb-recommends') ?? []).join(', '),
    Description: text.join('\n '),
  };
  const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`);
  return `${lines.join('\n')}\n`;
}
