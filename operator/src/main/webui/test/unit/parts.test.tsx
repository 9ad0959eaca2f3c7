import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../../src/api/problem';
import { matching } from '../../src/parts/Combobox';
import { KeyField, type KeyHandle } from '../../src/parts/KeyField';
import { diffLines } from '../../src/parts/lines';
import { OwnerBanner } from '../../src/parts/Ownership';
import { ProblemBanner } from '../../src/parts/ProblemBanner';
import { Refused } from '../../src/parts/Refused';
import { Slider, wrong } from '../../src/parts/Slider';
import { columnsFor, sort, type Column } from '../../src/parts/Table';
import { slice } from '../../src/parts/window';
import { linearStops, logStops, nearest } from '../../src/state/scale';
import { session } from '../../src/state/session';
import { PROBLEM } from './fake';

const CANARY = 'sk-ant-api03-canary-of-a-key-3f9c';

function drawn(what: Parameters<typeof render>[0]): HTMLElement {
  const root = document.createElement('div');
  document.body.append(root);
  act(() => render(what, root));
  return root;
}

function type(input: HTMLInputElement, value: string): void {
  act(() => {
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

afterEach(() => {
  for (const root of document.body.children) {
    act(() => render(null, root));
  }
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

describe('a key field', () => {
  function field(onChange = vi.fn()) {
    const handle: { current: KeyHandle | null } = { current: null };
    const root = drawn(<KeyField label="Key" handle={handle} onChange={onChange} />);
    const input = root.querySelector('input') as HTMLInputElement;
    return { root, input, handle: () => handle.current as KeyHandle, onChange };
  }

  it('gives the key once, and is empty afterwards', () => {
    const { input, handle } = field();
    type(input, CANARY);
    expect(handle().take()).toBe(CANARY);
    expect(input.value).toBe('');
    expect(handle().take()).toBe('');
  });

  it('keeps the key for a test that is followed by a save', () => {
    const { input, handle } = field();
    type(input, CANARY);
    expect(handle().peek()).toBe(CANARY);
    expect(handle().take()).toBe(CANARY);
  });

  it('puts the key nowhere in the page or its storage', () => {
    const { root, input } = field();
    type(input, CANARY);
    expect(root.innerHTML).not.toContain('canary');
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('canary');
    expect(location.href).not.toContain('canary');
  });

  it('tells others its first signs only, and nothing of something short', () => {
    const { input, onChange } = field();
    type(input, CANARY);
    expect(onChange).toHaveBeenLastCalledWith({ empty: false, prefix: 'sk-ant-a' });
    type(input, 'short');
    expect(onChange).toHaveBeenLastCalledWith({ empty: false, prefix: '' });
  });

  it('is empty when the page is left, the session ends, or the field goes', () => {
    const { input, root } = field();
    type(input, CANARY);
    act(() => void dispatchEvent(new Event('pagehide')));
    expect(input.value).toBe('');
    session.value = { kind: 'in', user: 'jane', said: { signedIn: true, loginMethods: [] } };
    type(input, CANARY);
    session.value = { kind: 'out', was: true, why: undefined, ways: [] };
    expect(input.value).toBe('');
    type(input, CANARY);
    act(() => render(null, root));
    expect(input.value).toBe('');
  });

  it('shows the key while the eye is held, and not after', () => {
    const { root, input } = field();
    const eye = root.querySelector('button') as HTMLButtonElement;
    expect(input.type).toBe('password');
    act(() => void eye.dispatchEvent(new Event('pointerdown', { bubbles: true })));
    expect(input.type).toBe('text');
    act(() => void eye.dispatchEvent(new Event('pointerup', { bubbles: true })));
    expect(input.type).toBe('password');
    act(() => void eye.dispatchEvent(new Event('pointerdown', { bubbles: true })));
    act(() => void dispatchEvent(new Event('blur')));
    expect(input.type).toBe('password');
  });
});

describe('a slider', () => {
  it('stands on numbers as people write them', () => {
    expect(linearStops(0, 2, 0.05)).toContain(0.15);
    expect(linearStops(0, 2, 0.05)).toHaveLength(41);
    expect(linearStops(0, 1, 0.3)).toEqual([0, 0.3, 0.6, 0.9, 1]);
  });

  it('has four stops for each doubling over a wide range', () => {
    const stops = logStops(1, 128_000);
    expect(stops[0]).toBe(1);
    expect(stops.at(-1)).toBe(128_000);
    expect(stops).toEqual([...new Set(stops)].sort((a, b) => a - b));
    expect(stops).toContain(4_096);
    expect(stops.length).toBeLessThan(70);
    expect(stops[nearest(stops, 4_100)]).toBe(4_096);
  });

  it.each([
    ['', undefined],
    ['0.7', undefined],
    ['2.', undefined],
    ['2.1', 'From 0 to 2.'],
    ['-1', 'From 0 to 2.'],
    ['0,7', 'Write a number, with a point.'],
    ['1e0', 'Write a number, with a point.'],
    ['NaN', 'Write a number, with a point.'],
  ])('says of "%s": %s', (typed, expected) => {
    expect(wrong(typed, 0, 2, false)).toBe(expected);
  });

  it('takes whole numbers only where the field does', () => {
    expect(wrong('1.5', 1, 9, true)).toBe('Write a whole number.');
  });

  function slider(value: number | undefined) {
    const onChange = vi.fn();
    const root = drawn(<Slider label="Temperature" value={value} onChange={onChange} min={0} max={2} step={0.05} start={0.7} />);
    return { onChange, range: root.querySelector('[type=range]') as HTMLInputElement, box: root.querySelector('[type=text]') as HTMLInputElement, send: root.querySelector('[role=switch]') as HTMLInputElement };
  }

  it('says its value, or that it is not sent', () => {
    expect(slider(0.7).range.getAttribute('aria-valuetext')).toBe('0.7');
    expect(slider(undefined).range.getAttribute('aria-valuetext')).toBe('not sent');
  });

  it('moves ten steps by the page keys, and not beyond its end', () => {
    const { range, onChange } = slider(1.8);
    act(() => void range.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageUp', bubbles: true })));
    expect(onChange).toHaveBeenLastCalledWith(2);
    act(() => void range.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true })));
    expect(onChange).toHaveBeenLastCalledWith(1.3);
  });

  it('takes the exact value from the box, also between two stops, and nothing that is wrong', () => {
    const { box, onChange } = slider(0.7);
    type(box, '0.333');
    expect(onChange).toHaveBeenLastCalledWith(0.333);
    type(box, '9');
    expect(onChange).toHaveBeenCalledOnce();
    type(box, '');
    expect(onChange).toHaveBeenLastCalledWith(undefined);
  });

  it('leaves the field out when it is not sent, and begins where it is told', () => {
    const { send, onChange } = slider(0.7);
    act(() => send.click());
    expect(onChange).toHaveBeenLastCalledWith(undefined);
    const unset = slider(undefined);
    act(() => unset.send.click());
    expect(unset.onChange).toHaveBeenLastCalledWith(0.7);
  });
});

describe('the columns of a table', () => {
  const columns = [
    { id: 'name', head: true },
    { id: 'model', width: 200 },
    { id: 'key', width: 100, spare: 1 },
    { id: 'owner', width: 100, spare: 3 },
  ] as Column<unknown>[];
  const shown = (room: number) => columnsFor(columns, room)?.map((one) => one.id).join(' ');

  it('are left out where there is no room, and in the end there are cards', () => {
    expect(shown(550)).toBe('name model key owner');
    expect(shown(549)).toBe('name model key');
    expect(shown(449)).toBe('name model');
    expect(shown(349)).toBeUndefined();
  });
});

describe('a table', () => {
  interface Item {
    readonly name: string;
    readonly size: number | undefined;
  }
  const columns: Column<Item>[] = [
    { id: 'name', title: 'Name', cell: (one) => one.name, sort: (one) => one.name },
    { id: 'size', title: 'Size', cell: (one) => one.size, sort: (one) => one.size },
  ];
  const items: Item[] = [
    { name: 'key-10', size: 9 },
    { name: 'Key-9', size: undefined },
    { name: 'key-1', size: 10 },
  ];

  it('sorts numbers in names as numbers', () => {
    expect(sort(items, columns, { by: 'name', down: false }).map((one) => one.name)).toEqual(['key-1', 'Key-9', 'key-10']);
  });

  it('sorts what is unknown last, either way', () => {
    expect(sort(items, columns, { by: 'size', down: false }).map((one) => one.size)).toEqual([9, 10, undefined]);
    expect(sort(items, columns, { by: 'size', down: true }).map((one) => one.size)).toEqual([10, 9, undefined]);
    expect(sort(items, columns, { by: undefined, down: false })).toBe(items);
  });

  it('draws a short list whole, and of a long one what is in sight', () => {
    expect(slice(80, -4_000, 900, 40)).toEqual({ from: 0, to: 80, before: 0, after: 0 });
    const middle = slice(2_000, -40_000, 900, 40);
    expect(middle.from).toBeLessThanOrEqual(1_000);
    expect(middle.to).toBeGreaterThan(1_022);
    expect(middle.to - middle.from).toBeLessThan(60);
    expect(middle.before + middle.after + (middle.to - middle.from) * 40).toBe(80_000);
    expect(slice(2_000, -79_900, 900, 40).to).toBe(2_000);
  });
});

describe('a refusal for want of a session', () => {
  const refused = new Problem({ ...PROBLEM, status: 401, reason: 'SessionExpired', detail: 'The session has ended.' });

  it('says nothing any more when there is one, but keeps its way to try again', () => {
    session.value = { kind: 'out', was: true, why: undefined, ways: [] };
    const root = drawn(<ProblemBanner problem={refused} />);
    expect(root.textContent).toContain('The session has ended.');
    act(() => {
      session.value = { kind: 'in', user: 'jane', said: { signedIn: true, loginMethods: [] } };
    });
    expect(root.textContent).toBe('');
    expect(drawn(<ProblemBanner problem={refused} retry={() => {}} />).textContent).toContain('Try again');
  });
});

describe('an object that a tool holds', () => {
  const banner = (link?: string) => drawn(<OwnerBanner managedBy={{ owner: 'ArgoCD', name: 'llm-team-a', editable: false, ...(link !== undefined && { link }) }} />);

  it('links to it there, and leaves nothing behind', () => {
    const link = banner('https://cd.example.com/applications/llm-team-a').querySelector('a');
    expect(link?.textContent).toBe('Open in Argo CD');
    expect([link?.getAttribute('href'), link?.target, link?.rel]).toEqual(['https://cd.example.com/applications/llm-team-a', '_blank', 'noopener noreferrer nofollow']);
  });

  it.each([undefined, '', 'javascript:alert(1)', 'data:text/html,x', '//cd.example.com', ' https://x'])('links nowhere with %s', (link) => {
    expect(banner(link).querySelector('a')).toBeNull();
  });
});

describe('a change that was refused', () => {
  const refused = (extras: object) => new Problem({ ...PROBLEM, status: 409, ...extras });
  const shown = (problem: Problem, takeOver?: () => void) => drawn(<Refused problem={problem} retry={() => {}} {...(takeOver && { takeOver })} />);

  it('says what to commit where Git owns the object', () => {
    const root = shown(refused({ reason: 'ManagedByGit', detail: 'ArgoCD owns it.', action: 'Commit the YAML.', yaml: 'kind: ModelConfig' }));
    expect(root.textContent).toContain('Commit the YAML.');
    expect(root.querySelector('code')?.textContent).toContain('kind: ModelConfig');
  });

  it('asks before fields of somebody else are taken over', () => {
    const takeOver = vi.fn();
    const root = shown(refused({ reason: 'FieldOwnedByAnotherManager', manager: 'kubectl', fields: ['spec.model'] }), takeOver);
    expect(root.textContent).toContain('kubectl owns spec.model.');
    act(() => root.querySelector('button')?.click());
    expect(takeOver).toHaveBeenCalledOnce();
  });

  it('names who uses it', () => {
    expect([...shown(refused({ reason: 'InUse', configs: ['agents.support'] })).querySelectorAll('a')].map((one) => one.getAttribute('href'))).toEqual(['#/configs/agents/support']);
  });
});

describe('a choice of many', () => {
  const options = [
    { value: 'gpt-5-mini', label: 'GPT-5 mini', group: 'OpenAI' },
    { value: 'mistral-large', label: 'Mistral Large', group: 'Mistral', words: 'vision' },
  ];

  it('is found by every word of it, in any order', () => {
    expect(matching(options, 'mini openai')).toEqual([options[0]]);
    expect(matching(options, 'VISION')).toEqual([options[1]]);
    expect(matching(options, 'gpt vision')).toEqual([]);
    expect(matching(options, '  ')).toBe(options);
  });
});

describe('two texts', () => {
  const shown = (before: string, after: string) => diffLines(before, after).map((one) => ({ same: ' ', added: '+', removed: '-' })[one.kind] + one.text);

  it('differ by line', () => {
    expect(shown('a\nb\nc', 'a\nx\nc')).toEqual([' a', '-b', '+x', ' c']);
    expect(shown('a', 'a')).toEqual([' a']);
    expect(shown('a\nb', 'a\nb\nc')).toEqual([' a', ' b', '+c']);
    expect(shown('', 'a')).toEqual(['-', '+a']);
  });

  it('keep the lines that both have, whatever differs', () => {
    let seed = 7;
    const next = () => (seed = (seed * 48_271) % 2_147_483_647);
    for (let round = 0; round < 50; round++) {
      const some = () => Array.from({ length: 12 }, () => 'abc'[next() % 3]).join('\n');
      const [before, after] = [some(), some()];
      const lines = diffLines(before, after);
      expect(lines.filter((one) => one.kind !== 'added').map((one) => one.text).join('\n')).toBe(before);
      expect(lines.filter((one) => one.kind !== 'removed').map((one) => one.text).join('\n')).toBe(after);
    }
  });
});
