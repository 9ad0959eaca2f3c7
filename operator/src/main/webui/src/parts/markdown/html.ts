import { Marked, type Tokens } from 'marked';

/** Written in a text they are what they are in HTML; other tags are text. */
const IN_TEXT = /<(?!\/?(?:br|hr|sub|sup|kbd|b|i|em|strong|del|s)\s*\/?>)/gi;

const marked = new Marked({
  gfm: true,
  breaks: false,
  renderer: {
    html({ text }: Tokens.HTML | Tokens.Tag): string {
      return text.replace(IN_TEXT, '&lt;');
    },
    /** What stands between tags that hold no text, as of a script, would come as it is. */
    text(token: Tokens.Text | Tokens.Escape): string | false {
      return 'escaped' in token && token.escaped === true ? token.text.replaceAll('<', '&lt;') : false;
    },
    /** To show a picture would tell its server that, and by whom, the answer is read. */
    image({ href, text }: Tokens.Image): string {
      return `<a href="${attribute(href)}" title="picture">${attribute(text || href)}</a>`;
    },
    /** A box that cannot be ticked is two signs. */
    checkbox({ checked }: Tokens.Checkbox): string {
      return checked ? '☑ ' : '☐ ';
    },
  },
});

/** The text as HTML, which nobody may show before it is cleaned. */
export function html(text: string): string {
  return marked.parse(text, { async: false });
}

function attribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
