import { signal } from '@preact/signals';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { awaited, type Answer as Said } from '../../src/state/chatAnswer';
import { draft, talk } from '../../src/state/chatPage';
import type { Choice } from '../../src/api/schema';
import { parametersOf, type Wish } from '../../src/state/parameters';
import { Answer } from '../../src/screens/chat/Answer';
import { Composer } from '../../src/screens/chat/Composer';
import { ParameterRow } from '../../src/screens/chat/ParameterRow';
import { Question } from '../../src/screens/chat/Question';

let root: HTMLElement;

beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
  draft.value = '';
  talk.running.value = 0;
});

afterEach(() => {
  act(() => render(null, root));
  root.remove();
  vi.useRealTimers();
});

function show(what: Parameters<typeof render>[0]): void {
  act(() => render(what, root));
}

function press(element: Element, key: string, more: KeyboardEventInit = {}): void {
  act(() => {
    element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  });
}

function type(element: HTMLTextAreaElement | HTMLInputElement, text: string): void {
  act(() => {
    element.value = text;
    element.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
}

function button(name: string): HTMLButtonElement | undefined {
  return [...root.querySelectorAll('button')].find(
    (one) => one.textContent?.startsWith(name) || one.getAttribute('aria-label') === name,
  );
}

describe('the composer', () => {
  const sent: string[] = [];
  const area = (): HTMLTextAreaElement => root.querySelector('textarea') as HTMLTextAreaElement;

  beforeEach(() => {
    sent.length = 0;
    show(<Composer count={1} off={undefined} onSend={(text) => sent.push(text)} />);
  });

  it('sends with Enter, and is empty afterwards', () => {
    type(area(), 'hello');
    press(area(), 'Enter');
    expect(sent).toEqual(['hello']);
    expect(draft.value).toBe('');
  });

  it('sends what was typed last, also before it is drawn', () => {
    draft.value = 'fast';
    area().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    expect(sent).toEqual(['fast']);
  });

  it('begins a new line with Shift and Enter, and leaves Enter to words that are being put together', () => {
    type(area(), 'に');
    press(area(), 'Enter', { shiftKey: true });
    press(area(), 'Enter', { isComposing: true });
    expect(sent).toEqual([]);
    expect(draft.value).toBe('に');
  });

  it('sends nothing that is empty, and says why', () => {
    type(area(), '  \n');
    press(area(), 'Enter');
    expect(sent).toEqual([]);
    expect(button('Send')?.getAttribute('aria-disabled')).toBe('true');
    expect(button('Send')?.textContent).toContain('Write a question first.');
  });

  it('stops while an answer is under way, and keeps what is written meanwhile', () => {
    act(() => {
      talk.running.value = 1;
    });
    type(area(), 'next');
    press(area(), 'Enter');
    expect(sent).toEqual([]);
    expect(draft.value).toBe('next');
    expect(button('Stop')).toBeDefined();
    expect(button('Send')).toBeUndefined();
  });

  it('sends nothing where nothing can be sent, and says why', () => {
    show(<Composer count={2} off="Choose a model first." onSend={(text) => sent.push(text)} />);
    type(area(), 'hello');
    press(area(), 'Enter');
    expect(sent).toEqual([]);
    expect(root.textContent).toContain('Choose a model first.');
    expect(button('Send to 2')).toBeDefined();
  });
});

describe('an answer on the page', () => {
  const some: Said = { ...awaited('a.b', 'Model B'), phase: 'done', text: 'said', finish: 'Stop' };
  const asked: string[] = [];

  function answer(change: Partial<Said>, last = true): void {
    asked.length = 0;
    show(
      <Answer
        answer={signal({ ...some, ...change })}
        last={last}
        onRetry={() => asked.push('retry')}
        onRetryWith={() => asked.push('with')}
        onGoOn={() => asked.push('on')}
      />,
    );
  }

  it('is an article with the name of its model', () => {
    answer({});
    const article = root.querySelector('article');
    const heading = document.getElementById(article?.getAttribute('aria-labelledby') ?? '');
    expect(heading?.textContent).toBe('Answer of Model B');
    expect(article?.querySelector('[aria-live], [role=status]:not(.spoken)')).toBeNull();
  });

  it('tells what it took, and what was not sent', () => {
    answer({
      ttftMs: 412,
      totalMs: 3400,
      usage: { input: 1200, output: 84, reasoning: 30, cached: 0 },
      cost: '0.0012',
      dropped: [{ name: 'temperature', why: 'NotAccepted', sentence: 'It does not accept temperature.' }],
    });
    const figures = [...root.querySelectorAll('.figures')].map((one) => one.textContent);
    expect(figures[0]).toBe(
      '412 ms to the first word · 3.4 s in all · 1,200 in, 84 out, 30 reasoning tokens · about $0.0012',
    );
    expect(figures[1]).toBe('Temperature not sent: It does not accept temperature.');
  });

  it.each([
    [{ phase: 'cut' }, 'broke off in the middle', 'Continue'],
    [{ phase: 'cut', text: '' }, 'before the first word', 'Retry'],
    [{ phase: 'stopped' }, 'Stopped. What had come is kept.', 'Continue'],
    [{ phase: 'offline', text: '' }, 'Nothing waits to be sent later', 'Resend'],
    [{ finish: 'Filtered' }, 'held back the answer', 'Retry'],
    [{ finish: 'Length' }, 'limit of tokens', 'Continue'],
    [{ finish: 'ToolCalls' }, 'wants to use a tool', 'Retry'],
    [{ text: '' }, 'said nothing', 'Retry'],
  ] as const)('says how it ended, and offers the next step: %j', (change, sentence, next) => {
    answer(change as Partial<Said>);
    expect(root.textContent).toContain(sentence);
    expect(button(next)).toBeDefined();
  });

  it('cannot be asked again before the other side wants it, and then can', () => {
    vi.useFakeTimers({ now: 0 });
    const problem = { reason: 'RateLimited', detail: 'Too fast.', action: 'Wait.' };
    answer({ phase: 'failed', text: '', problem, retryAt: 2000 });
    expect(root.querySelector('[role=alert]')?.textContent).toContain('Too fast.');
    expect(button('Retry')?.textContent).toContain('0:02');
    act(() => button('Retry')?.click());
    expect(asked).toEqual([]);
    act(() => {
      vi.advanceTimersByTime(2100);
    });
    act(() => button('Retry')?.click());
    expect(asked).toEqual(['retry']);
  });

  it('that something follows is only copied', () => {
    answer({}, false);
    expect(button('Retry')).toBeUndefined();
    expect(button('Copy')).toBeDefined();
  });

  it('shows hostile text as text', () => {
    answer({ label: '<img src=x onerror=alert(1)>', reasoning: '<script>alert(1)</script>' });
    expect(root.querySelector('img, script')).toBeNull();
    expect(root.textContent).toContain('<script>alert(1)</script>');
  });
});

describe('a question on the page', () => {
  it('is edited, and left as it was with Escape', () => {
    const asked: string[] = [];
    show(<Question text="one" followed off={undefined} onAsk={(text) => asked.push(text)} />);
    act(() => button('Edit and ask again')?.click());
    const area = root.querySelector('textarea') as HTMLTextAreaElement;
    expect(area.value).toBe('one');
    type(area, 'two');
    press(area, 'Escape');
    expect(root.querySelector('.question-text')?.textContent).toBe('one');
    act(() => button('Edit and ask again')?.click());
    type(root.querySelector('textarea') as HTMLTextAreaElement, 'three');
    press(root.querySelector('textarea') as HTMLTextAreaElement, 'Enter');
    expect(asked).toEqual(['three']);
  });
});

describe('a parameter on the page', () => {
  let wish: Wish | undefined;
  const keep = (next: Wish): void => {
    wish = next;
  };

  it('that a model refuses is off, with the reason as text', () => {
    const support = { supported: false, sentence: 'GPT-5 mini does not accept temperature.' };
    show(<ParameterRow name="temperature" support={support} wish={{ send: true, value: 1 }} onWish={keep} />);
    expect(root.textContent).toContain('GPT-5 mini does not accept temperature.');
    expect(root.querySelector<HTMLInputElement>('[role=switch]')?.disabled).toBe(true);
    expect(root.querySelector<HTMLInputElement>('[role=switch]')?.checked).toBe(false);
  });

  it('keeps its value while it is not sent', () => {
    show(<ParameterRow name="temperature" support={{ supported: true, max: 2 }} wish={{ send: true, value: 1.5 }} onWish={keep} />);
    act(() => root.querySelector<HTMLInputElement>('[role=switch]')?.click());
    expect(wish).toEqual({ send: false, value: 1.5 });
  });

  it('says what the config sends where nothing is set here', () => {
    show(<ParameterRow name="reasoningEffort" support={{ supported: true, values: ['Low', 'High'] }} wish={undefined} configured="High" onWish={keep} />);
    expect(root.textContent).toContain('the config sends High.');
    act(() => root.querySelector<HTMLInputElement>('[role=switch]')?.click());
    expect(wish).toEqual({ send: true, value: 'High' });
  });

  it('takes one stop sequence from each line, and says where they are more than the model takes', () => {
    const support = { supported: true, max: 2 };
    show(<ParameterRow name="stopSequences" support={support} wish={{ send: true, value: ['a'] }} onWish={keep} />);
    type(root.querySelector('textarea') as HTMLTextAreaElement, 'a\n\nb\nc');
    expect(wish).toEqual({ send: true, value: ['a', 'b', 'c'] });
    expect(root.querySelector('.error')?.textContent).toContain('at most 2');
    expect(parametersOf({ stopSequences: wish }, { parameters: { stopSequences: support } } as unknown as Choice)).toEqual({ stopSequences: ['a', 'b'] });
  });
});
