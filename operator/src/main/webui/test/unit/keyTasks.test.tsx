import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Key } from '../../src/api/schema';
import { asProblem, fakeServer, PROBLEM, type Heard, type Told } from './fake';

const KEY = {
  id: 'agents.old', namespace: 'agents', name: 'old', provider: 'OpenAI', source: 'EncryptedKey', endpoint: 'https://api.openai.com/v1',
  active: true, state: 'Ready', usedBy: { configs: 2, agents: 1 }, generation: 3, rv: '7', spec: { provider: 'OpenAI' },
} as unknown as Key;
const NEXT = { ...KEY, id: 'agents.next', name: 'next' };

let answers: (heard: Heard) => Told | undefined;
let heard: Heard[];
let verbs: string[];

async function fresh() {
  vi.resetModules();
  const server = fakeServer((one) => {
    const told = answers(one);
    if (told !== undefined) {
      return told;
    }
    const { pathname } = new URL(one.url);
    if (pathname === '/api/permissions') {
      return { body: { allowed: { apikeyconfigs: verbs }, incomplete: false } };
    }
    if (pathname === '/api/config/api-keys') {
      return { body: { items: [KEY, NEXT], total: 2, stale: false } };
    }
    return pathname === '/api/config/api-keys/agents.old' ? { body: KEY, headers: { etag: '"u.3.1"' } } : { body: { items: [], total: 0, stale: false } };
  });
  heard = server.heard;
  vi.stubGlobal('fetch', server.fetching);
  const stores = await import('../../src/state/stores');
  stores.openNamespace('agents');
  await until(() => stores.keys.items.value.length === 2);
  const ui = await import('../../src/state/ui');
  return { stores, ui };
}

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !holds(); turn++) {
    await act(() => new Promise((resolve) => setTimeout(resolve, 1)));
  }
  expect(holds()).toBe(true);
}

function drawn(what: Parameters<typeof render>[0]): HTMLElement {
  const root = document.createElement('div');
  document.body.append(root);
  act(() => render(what, root));
  return root;
}

const button = (root: HTMLElement, name: string) => [...root.querySelectorAll('button')].find((one) => one.textContent?.startsWith(name));
const submit = (root: HTMLElement) =>
  act(() => void root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));

beforeEach(() => {
  answers = () => undefined;
  verbs = ['get', 'list', 'patch', 'delete'];
});

afterEach(() => {
  for (const root of document.body.children) {
    act(() => render(null, root));
  }
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

describe('deleting a key in use', () => {
  it('takes fields of others over once that was agreed to, and moves the configs all the same', async () => {
    await fresh();
    const { DeleteKey } = await import('../../src/screens/keys/DeleteKey');
    const owned = { ...PROBLEM, status: 409, reason: 'FieldOwnedByAnotherManager', manager: 'kubectl', fields: ['spec.apiKeyRef.name'] };
    answers = (one) => (one.method === 'DELETE' ? (one.url.includes('force=true') ? { status: 204 } : { status: 409, body: owned, headers: asProblem }) : undefined);
    const root = drawn(<DeleteKey row={KEY} onClose={() => {}} />);
    submit(root);
    await until(() => root.textContent?.includes('kubectl owns these fields.') ?? false);
    act(() => button(root, 'Take these fields over')?.click());
    await until(() => heard.filter((one) => one.method === 'DELETE').length === 2);
    const [first, second] = heard.filter((one) => one.method === 'DELETE').map((one) => new URL(one.url).searchParams);
    expect(Object.fromEntries(first ?? [])).toEqual({ replaceWith: 'agents.next' });
    expect(Object.fromEntries(second ?? [])).toEqual({ replaceWith: 'agents.next', force: 'true' });
  });
});

describe('an edit', () => {
  it('is a draft for who may not save it', async () => {
    verbs = ['get', 'list'];
    await fresh();
    const { EditKey } = await import('../../src/screens/keys/EditKey');
    const root = drawn(<EditKey row={KEY} onClose={() => {}} />);
    await until(() => button(root, 'Save') !== undefined);
    expect(button(root, 'Save')?.getAttribute('aria-disabled')).toBe('true');
    submit(root);
    await until(() => root.querySelector('form') !== null);
    expect(heard.filter((one) => one.method === 'PATCH')).toEqual([]);
  });
});

it('says once what is wrong with one field', async () => {
  await fresh();
  const { ProblemBanner } = await import('../../src/parts/ProblemBanner');
  const { Problem } = await import('../../src/api/problem');
  const told = (...problems: { field: string; message: string }[]) =>
    drawn(<ProblemBanner problem={new Problem({ ...PROBLEM, detail: 'The name holds a key.', problems: problems.map((one) => ({ ...one, reason: 'LooksLikeAKey' })) })} />);
  const name = { field: 'name', message: 'The name holds a key.' };
  expect(told(name).querySelectorAll('li')).toHaveLength(0);
  expect(told(name, { field: 'key', message: 'It is a mask.' }).querySelector('li')?.textContent).toBe('key It is a mask.');
});

describe('another key', () => {
  it('that was trimmed says so', async () => {
    const { ui } = await fresh();
    const { ReplaceKey } = await import('../../src/screens/keys/ReplaceKey');
    const warning = { field: 'key', reason: 'KeyTrimmed', message: 'Whitespace around the key was removed.' };
    answers = (one) =>
      one.method !== 'PATCH' ? undefined
      : one.url.includes('dryRun') ? { body: { dryRun: true, object: {}, changes: [], restarts: 0, hotSwitches: 0, agents: [], truncated: false, warnings: [] } }
      : { body: { ...KEY, rv: '8', warnings: [warning] } };
    let closed = false;
    const root = drawn(<ReplaceKey row={KEY} onClose={() => { closed = true; }} />);
    await until(() => heard.some((one) => one.url.includes('/agents.old')));
    const field = root.querySelector<HTMLInputElement>('input[type=password]') as HTMLInputElement;
    await until(() => {
      if (!closed) {
        act(() => {
          field.value = ' sk-proj-0123456789abcdef ';
          field.dispatchEvent(new Event('input', { bubbles: true }));
        });
        submit(root);
      }
      return closed;
    });
    expect(ui.toasts.value.map((one) => one.text)).toContain(warning.message);
  });
});
