/** A text up to this size is read as one. Beyond it, it is read piece by piece, so that no piece holds the page up. */
export const AT_ONCE = 8 * 1024;

/** A piece that is longer than that has no place to be cut, and is shown as it is. */
export const TOO_LONG = 96 * 1024;

/** Signs without which a text looks the same with and without being read as Markdown. */
const MARKS = /[*_`#|<>[\]~]|^ {0,3}(?:[-+]|\d{1,9}[.)])\s|^ {4}|https?:\/\/|&\w+;|^\s*(?:-{3,}|={3,})\s*$|\\$| {2}$/m;

export function looksLikeMarkdown(text: string): boolean {
  return MARKS.test(text);
}

/**
 * Cuts a long text at empty lines that are outside of fenced code, into pieces that can each be read on their own.
 * A list of many paragraphs may become two; that is less bad than a page that stands still.
 */
export function pieces(text: string, size = AT_ONCE): string[] {
  if (text.length <= size) {
    return text === '' ? [] : [text];
  }
  const all: string[] = [];
  let from = 0;
  let at = 0;
  let fence = '';
  while (at < text.length) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found + 1;
    const line = text.slice(at, Math.min(end, at + 200));
    fence = fenceAfter(fence, line);
    if (fence === '' && line.trim() === '' && end - from >= size) {
      all.push(text.slice(from, end));
      from = end;
    }
    at = end;
  }
  if (from < text.length) {
    all.push(text.slice(from));
  }
  return all;
}

/** How far a text is complete, and which fence is open where it was looked at. */
export interface Settled {
  readonly to: number;
  /** The fence that is open at the end of what was looked at; '' for none. */
  readonly fence: string;
}

/**
 * How much of a text that still grows is complete: up to the last empty line outside of fenced code.
 *
 * @param fence which is open where the look begins
 */
export function settled(text: string, from: number, fence = '', end = text.length): Settled {
  let at = from;
  let to = from;
  let open = fence;
  for (;;) {
    const found = text.indexOf('\n', at);
    if (found < 0 || found >= end) {
      return { to, fence: open };
    }
    const line = text.slice(at, Math.min(found + 1, at + 200));
    open = fenceAfter(open, line);
    at = found + 1;
    if (open === '' && line.trim() === '') {
      to = at;
    }
  }
}

/** Which fence is open after a line: a closing one is as long as the opening one, of the same sign, and alone. */
function fenceAfter(open: string, line: string): string {
  const [, fence = '', info = ''] = /^ {0,3}(`{3,}|~{3,})(.*)/.exec(line) ?? [];
  if (fence === '') {
    return open;
  }
  if (open === '') {
    return fence.startsWith('`') && info.includes('`') ? '' : fence;
  }
  return fence[0] === open[0] && fence.length >= open.length && info.trim() === '' ? '' : open;
}
