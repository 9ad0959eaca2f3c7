import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { overlay } from '../../src/state/overlay';
import { press, useScreenKeys } from '../../src/state/shortcuts';
import { letterShortcuts } from '../../src/state/ui';

function key(name: string, more: KeyboardEventInit = {}, target: Element = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key: name, ...more });
  Object.defineProperty(event, 'target', { value: target });
  return event;
}

beforeEach(() => {
  document.body.replaceChildren();
  overlay.value = undefined;
  letterShortcuts.value = true;
  location.hash = '#/chat';
});

describe('a key', () => {
  it('with Ctrl or the command key opens and closes the palette, also in a field', () => {
    const input = document.createElement('input');
    expect(press(key('k', { ctrlKey: true }, input))).toBe(true);
    expect(overlay.value).toBe('palette');
    press(key('k', { metaKey: true }));
    expect(overlay.value).toBeUndefined();
  });

  it('leads to a screen after g, for a moment', () => {
    press(key('g'), 1_000);
    expect(press(key('o'), 1_500)).toBe(true);
    expect(location.hash).toBe('#/configs');
    press(key('g'), 1_000);
    expect(press(key('k'), 9_000)).toBe(false);
    expect(location.hash).toBe('#/configs');
  });

  it('is a letter while one types', () => {
    for (const tag of ['input', 'textarea', 'select']) {
      expect(press(key('?', {}, document.createElement(tag))), tag).toBe(false);
    }
    expect(overlay.value).toBeUndefined();
  });

  it('opens the help, and nothing when letters are off', () => {
    press(key('?'));
    expect(overlay.value).toBe('help');
    overlay.value = undefined;
    letterShortcuts.value = false;
    expect(press(key('?'))).toBe(false);
    expect(press(key('k', { ctrlKey: true }))).toBe(true);
  });

  it('goes to the filter, or to the search where there is none', () => {
    press(key('/'));
    expect(overlay.value).toBe('palette');
    document.body.innerHTML = '<main><input type="search"></main>';
    press(key('/'));
    expect((document.activeElement as HTMLInputElement).type).toBe('search');
  });

  it('does what the screen says, as long as the screen is there', () => {
    const create = vi.fn();
    const test = vi.fn();
    function Some() {
      useScreenKeys({ n: create, t: test });
      return null;
    }
    const root = document.createElement('div');
    act(() => render(<Some />, root));
    press(key('n'));
    expect(create).toHaveBeenCalledOnce();
    document.body.innerHTML = '<dialog open></dialog>';
    expect(press(key('n'))).toBe(false);
    expect(press(key('t'))).toBe(true);
    expect(test).toHaveBeenCalledOnce();
    act(() => render(null, root));
    expect(press(key('t'))).toBe(false);
  });
});
