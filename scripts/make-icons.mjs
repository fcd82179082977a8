// @ts-check
// Renders build/icon.svg into every form the three systems want. Run it after changing the drawing:
//   node scripts/make-icons.mjs
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { root } from './run-command.mjs';

const folder = path.join(root, 'build');
const drawing = await readFile(path.join(folder, 'icon.svg'), 'utf8');
// Small sizes have no pixels to spare: no margin around, and no trail, which would be a smudge.
const smallDrawing = drawing
  .replace('viewBox="0 0 1024 1024"', 'viewBox="64 64 896 896"')
  .replace(/<g id="trail"[^]*?<\/g>/, '')
  .replace('translate(552 472)', 'translate(590 434) scale(1.06)'); // larger and in the middle, now that it stands alone

/** @param {number} size */
function png(size) {
  const source = size <= 32 ? smallDrawing : drawing;
  return new Resvg(source, { fitTo: { mode: 'width', value: size } }).render().asPng();
}

/**
 * Windows: a directory of images, each a whole PNG.
 * @param {readonly number[]} sizes
 */
function ico(sizes) {
  const images = sizes.map(png);
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2); // an icon, not a cursor
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  images.forEach((image, index) => {
    const entry = 6 + 16 * index;
    const size = Number(sizes[index]) % 256; // 256 is written as 0
    header.writeUInt8(size, entry);
    header.writeUInt8(size, entry + 1);
    header.writeUInt16LE(1, entry + 4); // colour planes
    header.writeUInt16LE(32, entry + 6); // bits per pixel
    header.writeUInt32LE(image.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += image.length;
  });
  return Buffer.concat([header, ...images]);
}

/**
 * macOS: a list of blocks, each a four-letter kind, its length and a PNG.
 * @param {Readonly<Record<string, number>>} kinds
 */
function icns(kinds) {
  const blocks = Object.entries(kinds).map(([kind, size]) => block(kind, png(size)));
  return block('icns', Buffer.concat(blocks));
}

/**
 * @param {string} kind
 * @param {Buffer} content
 */
function block(kind, content) {
  const header = Buffer.alloc(8);
  header.write(kind, 'latin1');
  header.writeUInt32BE(content.length + 8, 4);
  return Buffer.concat([header, content]);
}

await mkdir(path.join(folder, 'icons'), { recursive: true });
for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
  await writeFile(path.join(folder, 'icons', `${size}x${size}.png`), png(size));
}
await writeFile(path.join(folder, 'icon.png'), png(1024));
// The window's own icon; Vite copies renderer/public beside the page.
await mkdir(path.join(folder, '../renderer/public'), { recursive: true });
await writeFile(path.join(folder, '../renderer/public/icon.png'), png(256));
await writeFile(path.join(folder, 'icon.ico'), ico([16, 24, 32, 48, 64, 128, 256]));
// ic11…ic14 are the @2x forms of 16, 32, 128 and 256.
await writeFile(
  path.join(folder, 'icon.icns'),
  icns({ icp4: 16, icp5: 32, ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 }),
);
