export const text = (x: number, y: number, content: string, style: string): string =>
  `<text x="${x.toFixed(0)}" y="${y.toFixed(0)}"${style === '' ? '' : ` class="${style}"`}>${escaped(content)}</text>`;

const escaped = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const styles = [
  'text{font:13px system-ui,sans-serif;fill:#1f2430}.title{font-weight:600;font-size:15px}',
  '.own{font-weight:600}.small{font-size:12px;fill:#5b6475}.bar{fill:#a9b2c3}.ours{fill:#0f766e}',
  '.line{fill:none;stroke-width:2}.line.upload{stroke:#0f766e}.line.rival{stroke:#b45309}.line.delay{stroke:#6d28d9}',
  '.axis{stroke:#d5dae3}.span{fill:#f5efe4}',
].join('\n');

/** A whole picture: the caption's sentences one below the other at the top, then the parts. */
export function picture(size: { readonly width: number; readonly height: number }, caption: string, parts: readonly string[]): string {
  const { width, height } = size;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t">`,
    `<title id="t">${escaped(caption)}</title>`,
    `<style>${styles}</style>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...caption.split('; ').map((line, index) => text(24, 28 + index * 17, line, 'small')),
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

/** Where what follows the caption begins. */
export const belowCaption = (caption: string): number => 56 + (caption.split('; ').length - 1) * 17;
