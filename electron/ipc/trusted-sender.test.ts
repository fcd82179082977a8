import type { WebContents, WebFrameMain } from 'electron';
import { describe, expect, it } from 'vitest';
import { isTrusted } from './trusted-sender.ts';

const homes = ['app://remessa/'];
const contentsAt = (url: string): WebContents => ({ mainFrame: { url } }) as WebContents;
const ask = (sender: WebContents, senderFrame: WebFrameMain | null, window: WebContents | null = sender): boolean =>
  isTrusted({ sender, senderFrame }, window, homes);

describe('a request', () => {
  const ours = contentsAt('app://remessa/index.html');

  it('of the main frame of our window on our page is trusted', () => {
    expect(ask(ours, ours.mainFrame)).toBe(true);
  });

  it('of another window, of none, or of a frame that is gone is not', () => {
    const other = contentsAt('app://remessa/index.html');
    expect(ask(other, other.mainFrame, ours)).toBe(false);
    expect(ask(ours, ours.mainFrame, null)).toBe(false);
    expect(ask(ours, null)).toBe(false);
  });

  it('of a frame inside our page is not', () => {
    expect(ask(ours, { url: 'app://remessa/index.html' } as WebFrameMain)).toBe(false);
  });

  it.each(['https://evil.example', 'app://remessa.evil/', 'app://other/', 'file:///etc/passwd', 'about:blank', ''])(
    'of %s in our own window is not',
    (url) => {
      const contents = contentsAt(url);
      expect(ask(contents, contents.mainFrame)).toBe(false);
    },
  );

  it('of a page whose address only begins like the development server is not', () => {
    const lookalike = contentsAt('http://127.0.0.1:53910/');
    const event = { sender: lookalike, senderFrame: lookalike.mainFrame };
    expect(isTrusted(event, lookalike, ['http://127.0.0.1:5391'])).toBe(false);
  });
});
