import { AT_ONCE, looksLikeMarkdown, pieces, settled, TOO_LONG } from './pieces';

export type Render = (text: string) => DocumentFragment;

/** So much plain text is one element; the browser lays out only those that are seen. */
const PLAIN = 16 * 1024;

export interface View {
  /** @param growing whether more of the text will come */
  show(text: string, growing: boolean): void;
  end(): void;
}

/** What came before the script was there is drawn anew if it is not more than this, else at the end. */
const CATCH_UP = 32 * 1024;

/**
 * Draws a text that grows into an element. Paragraphs that are complete are drawn once and stay; what comes after them
 * is plain until it is complete. When nothing more comes, a short text is drawn anew as a whole, since what was cut in
 * two might be one; of a long one only what is plain by then, piece by piece, with room for others in between.
 */
export function view(box: HTMLElement, load: () => Promise<Render>, pause: () => Promise<void> = rest): View {
  const { ownerDocument } = box;
  const tail = ownerDocument.createElement('div');
  tail.className = 'md-plain';
  let text = '';
  let growing = true;
  /** Up to here it is drawn, and not in the tail. */
  let drawn = 0;
  /** The fence that is open there. */
  let fence = '';
  /** Some of it is drawn as plain text that is more. */
  let behind = false;
  /** It comes back by itself. */
  let waiting = false;
  /** Up to here no sign of Markdown was found. */
  let plainTo = 0;
  let marks = false;
  let render: Render | undefined;
  let asked = false;
  let ended = false;
  /** Which drawing of the whole is the last that was wanted. */
  let turn = 0;

  function piece(part: string): HTMLElement {
    const element = ownerDocument.createElement('div');
    if (render === undefined || !marks || part.length > TOO_LONG) {
      element.className = 'md-plain';
      element.textContent = part;
    } else {
      element.className = 'md-piece';
      element.append(render(part));
    }
    return element;
  }

  function look(): void {
    if (!marks) {
      // A sign may be cut in two, and some count at the start of a line only.
      marks = looksLikeMarkdown(text.slice(text.lastIndexOf('\n', Math.max(0, plainTo - 1)) + 1));
      plainTo = text.length;
    }
    if (marks && !asked) {
      asked = true;
      load().then(
        (loaded) => {
          render = loaded;
          if (ended) {
            return;
          }
          if (text.length <= CATCH_UP) {
            tail.remove();
          } else {
            behind = true;
          }
          draw();
        },
        () => {
          asked = false; // it stays plain, and is tried again with the next piece
        },
      );
    }
  }

  function advance(to: number, element: HTMLElement): void {
    fence = settled(text, drawn, fence, to).fence;
    tail.before(element);
    drawn = to;
    tail.textContent = '';
  }

  /** Draws one piece that is complete, and comes back for the next: all at once would hold the page up. */
  function advanceBy(to: number): void {
    const part = pieces(text.slice(drawn, to))[0] ?? '';
    advance(drawn + part.length, piece(part));
    if (drawn < to && !waiting) {
      waiting = true;
      void pause().then(() => {
        waiting = false;
        if (!ended && tail.parentNode === box) {
          draw();
        }
      });
    }
  }

  function grow(): void {
    const to = render === undefined || !marks ? drawn : settled(text, drawn, fence).to;
    if (to > drawn) {
      advanceBy(to);
    }
    let rest = text.slice(drawn);
    while (rest.length > (render === undefined ? 2 : 6) * PLAIN) {
      // It comes faster than it is drawn, or without an end of a paragraph.
      behind = true;
      const cut = rest.lastIndexOf('\n', PLAIN) + 1 || PLAIN;
      const element = ownerDocument.createElement('div');
      element.className = 'md-plain';
      element.textContent = rest.slice(0, cut);
      advance(drawn + cut, element);
      rest = rest.slice(cut);
    }
    const node = tail.firstChild;
    if (node instanceof ownerDocument.defaultView!.Text && rest.startsWith(node.data)) {
      node.appendData(rest.slice(node.data.length));
    } else {
      tail.textContent = rest;
    }
  }

  async function whole(): Promise<void> {
    const mine = ++turn;
    const parts = pieces(text);
    const elements: HTMLElement[] = [];
    for (const part of parts) {
      for (const one of render === undefined || !marks || part.length > TOO_LONG ? plain(part) : [part]) {
        elements.push(piece(one));
      }
      if (parts.length > 1) {
        await pause();
        if (mine !== turn || ended) {
          return;
        }
      }
    }
    box.replaceChildren(...elements);
  }

  function draw(): void {
    if (growing) {
      if (tail.parentNode !== box) {
        turn++;
        drawn = 0;
        fence = '';
        behind = false;
        tail.textContent = '';
        box.replaceChildren(tail);
      }
      grow();
    } else if (text.length > AT_ONCE && !behind && tail.parentNode === box && render !== undefined) {
      if (drawn < text.length) {
        advanceBy(text.length);
      }
      if (drawn === text.length) {
        tail.remove();
      } else {
        tail.textContent = text.slice(drawn);
      }
    } else {
      void whole();
    }
  }

  return {
    show(next, more) {
      if (!next.startsWith(text) || (!growing && more)) {
        // Another answer in the same place.
        tail.remove();
        plainTo = 0;
        marks = false;
      }
      text = next;
      growing = more;
      look();
      draw();
    },
    end() {
      ended = true;
    },
  };
}

function plain(text: string): string[] {
  const all: string[] = [];
  for (let from = 0; from < text.length; ) {
    const cut = text.length - from <= PLAIN ? text.length : text.lastIndexOf('\n', from + PLAIN) + 1;
    const to = cut > from ? cut : from + PLAIN;
    all.push(text.slice(from, to));
    from = to;
  }
  return all;
}

/** Lets the page answer whoever uses it. */
function rest(): Promise<void> {
  return new Promise((resume) => {
    setTimeout(resume, 0);
  });
}

