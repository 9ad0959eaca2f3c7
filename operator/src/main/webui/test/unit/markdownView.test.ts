import { beforeEach, describe, expect, it } from 'vitest';
import { view, type Render } from '../../src/parts/markdown/view';

/** Marks what was rendered, so that it can be told from what is plain. */
const marked: Render = (text) => {
  const fragment = document.createDocumentFragment();
  const element = document.createElement('b');
  element.textContent = text;
  fragment.append(element);
  return fragment;
};

let box: HTMLElement;
let loads: number;
let give: () => void;
let refuse: () => void;

function load(): Promise<Render> {
  loads += 1;
  return new Promise((resolve, reject) => {
    give = () => resolve(marked);
    refuse = () => reject(new TypeError('offline'));
  });
}

function shape(): string[] {
  return [...box.children].map((one) => `${one.className}:${one.textContent?.length}`);
}

async function settle(): Promise<void> {
  for (let n = 0; n < 20; n++) {
    await Promise.resolve();
  }
}

beforeEach(() => {
  box = document.createElement('div');
  loads = 0;
});

describe('a text that grows', () => {
  it('stays plain, and loads nothing, while there is nothing to render', async () => {
    const shown = view(box, load, settle);
    shown.show('Hello', true);
    shown.show('Hello there.', true);
    const node = box.firstElementChild?.firstChild;
    shown.show('Hello there. You.', true);
    expect(box.firstElementChild?.firstChild).toBe(node);
    expect(box.textContent).toBe('Hello there. You.');
    shown.show('Hello there. You.', false);
    await settle();
    expect(loads).toBe(0);
    expect(shape()).toEqual(['md-plain:17']);
  });

  it('renders what is complete, and leaves what is not', async () => {
    const shown = view(box, load, settle);
    shown.show('# One\n\nTwo *thr', true);
    expect(loads).toBe(1);
    give();
    await settle();
    expect(shape()).toEqual(['md-piece:7', 'md-plain:8']);
    const piece = box.firstElementChild;
    shown.show('# One\n\nTwo *three*\n\nFour', true);
    expect(box.firstElementChild).toBe(piece);
    expect(shape()).toEqual(['md-piece:7', 'md-piece:13', 'md-plain:4']);
    shown.show('# One\n\nTwo *three*\n\nFour', false);
    await settle();
    expect(shape()).toEqual(['md-piece:24']);
    expect(loads).toBe(1);
  });

  it('stays readable where the script cannot be loaded, and is tried again', async () => {
    const shown = view(box, load, settle);
    shown.show('# One', true);
    refuse();
    await settle();
    shown.show('# One and more', false);
    await settle();
    expect(box.textContent).toBe('# One and more');
    expect(loads).toBe(2);
    give();
    await settle();
    expect(shape()).toEqual(['md-piece:14']);
  });

  it('is drawn in many elements when it is long, and nothing of it is lost', async () => {
    const shown = view(box, load, settle);
    const long = 'words without a mark, '.repeat(6000);
    for (let to = 9000; to < long.length; to += 9000) {
      shown.show(long.slice(0, to), true);
      expect(box.textContent).toBe(long.slice(0, to));
    }
    expect(box.children.length).toBeGreaterThan(4);
    shown.show(long, false);
    await settle();
    expect(box.textContent).toBe(long);
    expect(Math.max(...[...box.children].map((one) => one.textContent?.length ?? 0))).toBeLessThanOrEqual(16 * 1024);
  });

  it('leaves time for others between the pieces of a long text, and stops when it is another one', async () => {
    let pauses = 0;
    const shown = view(box, load, async () => {
      pauses += 1;
      await settle();
    });
    const long = `# Title\n\n${`${'text '.repeat(200)}\n\n`.repeat(100)}`;
    shown.show(long, true);
    give();
    await settle();
    shown.show(long, false);
    for (let n = 0; n < 20; n++) {
      await settle();
    }
    expect(pauses).toBeGreaterThan(3);
    expect(box.textContent).toBe(long);
    shown.show('short', true);
    expect(box.textContent).toBe('short');
  });

  it('takes another text in the same place', async () => {
    const shown = view(box, load, settle);
    shown.show('first answer', false);
    await settle();
    shown.show('', true);
    shown.show('second', true);
    expect(box.textContent).toBe('second');
    shown.end();
  });
});
