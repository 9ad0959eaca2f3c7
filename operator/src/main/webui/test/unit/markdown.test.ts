import { describe, expect, it } from 'vitest';
import { looksLikeMarkdown, pieces, settled } from '../../src/parts/markdown/pieces';
import { html } from '../../src/parts/markdown/html';
import { tidied } from '../../src/parts/markdown/tidied';

const LABELS = { copyCode: 'Copy', code: 'Code', table: 'Table', picture: 'Picture:' };

/** Without the cleaning, which needs a real browser and is held there. */
function dom(text: string): HTMLElement {
  const template = document.createElement('template');
  template.innerHTML = html(text);
  const box = document.createElement('div');
  box.append(tidied(template.content, LABELS));
  return box;
}

const NASTY = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '![x](https://evil.example/p.png)',
  '![x](javascript:alert(1))',
  '[x](javascript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](https://a.example "onmouseover=alert(1)")',
  '[x](https://a.example" onmouseover="alert(1))',
  '<a href="javascript:alert(1)" onclick=alert(1)>x</a>',
  '<svg onload=alert(1)><style>*{}</style></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
  '<iframe src="https://evil.example"></iframe><object data=x></object><embed src=x>',
  '<form action=https://evil.example><input name=x><button>Sign in</button></form>',
  '<div id="app" class="dialog" style="position:fixed">x</div>',
  '<base href=https://evil.example><link rel=stylesheet href=//evil.example><meta http-equiv=refresh content=0>',
  '{{constructor.constructor("alert(1)")()}} ${alert(1)}',
  '```html" onload="alert(1)\n<script>alert(1)</script>\n```',
  '```x language-evil id=app\nx\n```',
  '| a |\n|---|\n| <img src=x onerror=alert(1)> |',
  '[a]: javascript:alert(1)\n[a]',
  '<b onmouseover=alert(1)>x</b> <br onload=alert(1)> <sub style=x>y</sub>',
  '<<script>script>alert(1)<</script>/script>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<video src=x><audio src=x><picture><source srcset=x></picture>',
  '[x](//evil.example) [y](https://good.example@evil.example/) [z](ftp://evil.example)',
  '<https://evil.example/?q=<script>>',
];

describe('an answer in Markdown', () => {
  it.each(NASTY)('holds no tag but the harmless ones, even before it is cleaned: %s', (text) => {
    const harmless = /^<\/?(?:p|br|hr|sub|sup|kbd|b|i|em|strong|del|s|a|h\d|pre|code|table|thead|tbody|tr|th|td|ul|ol|li|blockquote)(?: (?:href|title|class|align|start)="[^"<>]*")*\/?>$/;
    expect((html(text).match(/<[^>]*>?/g) ?? []).filter((tag) => !harmless.test(tag))).toEqual([]);
  });

  it('makes a link of a picture', () => {
    const a = dom('![A cat](https://pictures.example/cat.png "t")').querySelector('a');
    expect(a?.textContent).toBe('Picture: A cat (pictures.example)');
    expect(a?.getAttribute('href')).toBe('https://pictures.example/cat.png');
  });

  it('says where a link leads, and lets nobody follow it back', () => {
    const a = dom('[https://bank.example](https://evil.example/login)').querySelector('a');
    expect(a?.textContent).toBe('https://bank.example (evil.example)');
    expect(a?.rel).toBe('noopener noreferrer nofollow');
    expect(a?.target).toBe('_blank');
  });

  it('writes the host of a link in the letters that count', () => {
    expect(dom('[x](https://аpple.com/)').textContent).toContain('(xn--pple-43d.com)');
  });

  it('keeps the text of what it does not let through', () => {
    expect(dom('a <img src=x onerror=alert(1)> b').textContent).toBe('a <img src=x onerror=alert(1)> b\n');
    expect(dom('[x](javascript:alert(1))').innerHTML).toBe('<p>x</p>\n');
  });

  it('puts headings below that of the message, and leaves no level out', () => {
    const names = [...dom('#### a\n\n# b\n\n###### c\n\n## d').querySelectorAll('h1,h2,h3,h4,h5,h6')].map((one) => one.localName);
    expect(names).toEqual(['h3', 'h3', 'h4', 'h4']);
  });

  it('shows code as code, with its language and a button', () => {
    const box = dom('```python\nprint("<b>")\n```');
    expect(box.querySelector('pre')?.textContent).toBe('print("<b>")\n');
    expect(box.querySelector('.md-code-bar')?.textContent).toBe('pythonCopy');
    expect(box.querySelector('pre')?.getAttribute('aria-label')).toBe('Code, python');
  });

  it('keeps tables, lists and where they start', () => {
    expect(dom('| a | b |\n|--:|---|\n| 1 | 2 |').innerHTML).toContain('<td class="md-right">1</td>');
    expect(dom('3. x\n4. y').innerHTML).toContain('<ol start="3">');
    expect(dom('- [x] done\n- [ ] open').textContent).toMatch(/☑ done\s+☐ open/);
  });
});

describe('pieces of a long text', () => {
  const line = 'word '.repeat(30);

  it('add up to the text, wherever it is cut', () => {
    const text = `${line}\n\n\`\`\`js\n${`${line}\n\n`.repeat(40)}\`\`\`\n\n${`${line}\n\n`.repeat(100)}`;
    const all = pieces(text, 1000);
    expect(all.join('')).toBe(text);
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter((one) => (one.match(/```/g) ?? []).length % 2 === 1)).toEqual([]);
  });

  it('are one where the text is short or has no place to be cut', () => {
    expect(pieces('')).toEqual([]);
    expect(pieces('short\n\ntext')).toEqual(['short\n\ntext']);
    expect(pieces('x'.repeat(100_000))).toHaveLength(1);
  });

  it('do not end within code of another fence', () => {
    const text = `~~~\n\`\`\`\n\n${line}\n~~~\n\nend`;
    expect(pieces(text, 1)).toEqual([`~~~\n\`\`\`\n\n${line}\n~~~\n\n`, 'end']);
  });

  it('of a text that still grows are complete up to the last empty line', () => {
    const text = 'a\n\nb\n\n```\ncode\n\nmore';
    expect(settled(text, 0)).toEqual({ to: 6, fence: '```' });
    expect(settled(`${text}\n\`\`\`\n\nc`, 6)).toEqual({ to: text.length + 6, fence: '' });
    expect(settled('no end', 0)).toEqual({ to: 0, fence: '' });
    expect(settled('code\n\n```\n\nb', 0, '```')).toEqual({ to: 11, fence: '' });
  });
});

describe('whether a text needs to be read at all', () => {
  it.each(['# a', 'a *b*', '`x`', '- a', '1. a', '| a |', '    code', 'https://a.example', 'a\n---', '&amp;', '[a](b)', 'a  \nb'])(
    'it does: %s',
    (text) => expect(looksLikeMarkdown(text)).toBe(true),
  );

  it.each(['Plain text. With sentences, and (more).', 'It is 3.5 - 2 = 1.5', 'a\n\nb'])('it does not: %s', (text) =>
    expect(looksLikeMarkdown(text)).toBe(false),
  );
});
