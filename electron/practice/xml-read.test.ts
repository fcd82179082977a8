import { describe, expect, it } from 'vitest';
import { childText, readXml } from './xml-read.ts';

describe('readXml', () => {
  it('reads elements, text, entities and a declaration', () => {
    const root = readXml(
      '<?xml version="1.0" encoding="UTF-8"?>\n<A xmlns="urn:a"><B>x &amp; &#34;y&#x22; &quot;z&quot;</B><C/></A>\n',
    );
    expect(root.name).toBe('A');
    expect(childText(root, 'B')).toBe('x & "y" "z"');
    expect(childText(root, 'C')).toBe('');
    expect(childText(root, 'D')).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['text only', 'hello'],
    ['an open element', '<A>'],
    ['a wrong end', '<A></B>'],
    ['two roots', '<A/><B/>'],
    ['text beside the root', '<A/>x'],
    ['a doctype', '<!DOCTYPE A [<!ENTITY x "y">]><A/>'],
    ['an entity of its own', '<A>&x;</A>'],
    ['a lone ampersand', '<A>a & b</A>'],
    ['a comment', '<A><!-- x --></A>'],
    ['a CDATA section', '<A><![CDATA[x]]></A>'],
    ['a processing instruction', '<A><?php x ?></A>'],
    ['a code point that is none', '<A>&#x110000;</A>'],
    ['very deep nesting', '<A>'.repeat(50) + '</A>'.repeat(50)],
  ])('refuses %s', (_what, text) => {
    expect(() => readXml(text)).toThrow('not well-formed');
  });

  it('refuses a second child where one is asked for', () => {
    expect(() => childText(readXml('<A><B>1</B><B>2</B></A>'), 'B')).toThrow('not well-formed');
  });

  it('reads a megabyte of hostile text in no time', () => {
    const started = performance.now();
    expect(() => readXml(`<A ${'a="b" '.repeat(150_000)}`)).toThrow('not well-formed');
    expect(() => readXml('<'.repeat(1_000_000))).toThrow('not well-formed');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
