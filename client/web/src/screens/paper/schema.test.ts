import { DOMParser, DOMSerializer } from 'prosemirror-model';
import { describe, expect, it } from 'vitest';

import { count } from './editor.ts';
import { isAddress, levelOf, schema } from './schema.ts';

describe('[PAPER4] what the editor makes', () => {
  it('leads to pages and to mail, and nowhere else', () => {
    for (const good of ['https://example.org', 'http://localhost/a', 'MAILTO:ann@example.org'])
      expect(isAddress(good)).toBe(true);
    for (const bad of ['javascript:alert(1)', ' https://x', 'data:text/html,x', 'https://a\nb', '//x', ''])
      expect(isAddress(bad)).toBe(false);
  });

  it('never shows a link or a heading that somebody else made of something', () => {
    const bad = schema.text('x', [schema.mark('link', { href: 'javascript:alert(1)' })]);
    const heading = schema.node('heading', { level: '1><script>' }, bad);
    const shown = DOMSerializer.fromSchema(schema).serializeNode(heading) as HTMLElement;
    expect(shown.tagName).toBe('H3');
    expect(shown.querySelector('a')?.hasAttribute('href')).toBe(false);
    expect([levelOf(9), levelOf('2'), levelOf(undefined)]).toEqual([3, 2, 1]);
  });

  it('takes from what is pasted the text and what a paper may have', () => {
    const page = document.createElement('div');
    page.innerHTML =
      '<h1>Title</h1><p onclick="x()"><b>Bold</b> <a href="javascript:x">bad</a><img src="x"></p><ul><li>One</li></ul>';
    const doc = DOMParser.fromSchema(schema).parse(page);
    expect(doc.textContent).toBe('TitleBold badOne');
    doc.check();
    expect(JSON.stringify(doc.toJSON())).not.toContain('javascript');
  });

  it('counts words as people do', () => {
    expect(count("It's 2026: state-of-the-art, ¿verdad? 12.5 %")).toBe(5);
    expect(count('')).toBe(0);
  });
});
