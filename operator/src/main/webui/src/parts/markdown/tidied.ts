/** What the buttons and notes within a text are called. */
export interface Labels {
  readonly copyCode: string;
  readonly code: string;
  readonly table: string;
  readonly picture: string;
}

/** Makes clean HTML fit for the page: it says where links lead, and what scrolls can be reached. */
export function tidied(fragment: DocumentFragment, labels: Labels): DocumentFragment {
  const each = <E extends Element>(selector: string, change: (element: E) => void): void =>
    fragment.querySelectorAll<E>(selector).forEach(change);
  each<HTMLElement>('[class], [align]', classes);
  each<HTMLAnchorElement>('a', (element) => link(element, labels));
  each<HTMLElement>('[title]', (element) => element.removeAttribute('title'));
  headings(fragment);
  each<HTMLElement>('pre', (element) => codeBlock(element, labels));
  each<HTMLElement>('table', (element) => scrolling(element, labels.table));
  return fragment;
}

/** Of the classes only the language of code is left, and no style is needed for an alignment. */
function classes(element: HTMLElement): void {
  const align = element.getAttribute('align');
  const language = /(?:^|\s)language-([\w+#.-]{1,30})(?:\s|$)/.exec(element.className)?.[1];
  element.removeAttribute('align');
  element.removeAttribute('class');
  if (align === 'right' || align === 'center') {
    element.className = `md-${align}`;
  }
  if (language !== undefined && element.localName === 'code') {
    element.parentElement?.setAttribute('data-language', language);
  }
}

/** Says where it leads: the text of a link may name another place. */
function link(element: HTMLAnchorElement, labels: Labels): void {
  const picture = element.getAttribute('title') === 'picture';
  const address = target(element.getAttribute('href'));
  const { ownerDocument } = element;
  if (address === undefined) {
    element.replaceWith(...element.childNodes);
    return;
  }
  element.setAttribute('href', address.href);
  element.setAttribute('rel', 'noopener noreferrer nofollow');
  element.setAttribute('target', '_blank');
  if (picture) {
    element.prepend(`${labels.picture} `);
  }
  if (element.textContent !== address.href) {
    const host = ownerDocument.createElement('span');
    host.className = 'md-host';
    host.setAttribute('translate', 'no');
    host.textContent = ` (${address.host})`;
    element.append(host);
  }
}

function target(href: string | null): URL | undefined {
  try {
    const address = new URL(href ?? '');
    // A name before the host looks like a host.
    const plain = address.username === '' && address.password === '';
    return plain && /^https?:$/.test(address.protocol) ? address : undefined;
  } catch {
    return undefined;
  }
}

/** They come below the heading of the message, without a level left out. */
function headings(fragment: DocumentFragment): void {
  const all = [...fragment.querySelectorAll('h1, h2, h3, h4, h5, h6')];
  const least = Math.min(...all.map((one) => Number(one.localName[1])));
  let last = 2;
  for (const one of all) {
    const level = Math.min(6, last + 1, Number(one.localName[1]) - least + 3);
    const heading = one.ownerDocument.createElement(`h${level}`);
    heading.append(...one.childNodes);
    one.replaceWith(heading);
    last = level;
  }
}

function codeBlock(pre: HTMLElement, labels: Labels): void {
  const { ownerDocument } = pre;
  const language = pre.getAttribute('data-language') ?? '';
  pre.removeAttribute('data-language');
  const block = ownerDocument.createElement('div');
  block.className = 'md-code';
  const bar = ownerDocument.createElement('div');
  bar.className = 'md-code-bar';
  const name = ownerDocument.createElement('span');
  name.textContent = language;
  const copy = ownerDocument.createElement('button');
  copy.type = 'button';
  copy.className = 'md-copy';
  copy.textContent = labels.copyCode;
  bar.append(name, copy);
  pre.replaceWith(block);
  // What scrolls can be reached with the keyboard, and says what it is.
  reachable(pre, language === '' ? labels.code : `${labels.code}, ${language}`);
  block.append(bar, pre);
}

function scrolling(table: HTMLElement, label: string): void {
  const box = table.ownerDocument.createElement('div');
  box.className = 'md-table';
  reachable(box, label);
  table.replaceWith(box);
  box.append(table);
}

function reachable(element: HTMLElement, label: string): void {
  element.tabIndex = 0;
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', label);
}
