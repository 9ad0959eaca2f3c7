import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it } from 'vitest';
import type { Key } from '../../src/api/schema';
import { Sources } from '../../src/screens/models/Sources';
import { sources } from '../../src/state/choices';
import { keys } from '../../src/state/stores';

const root = document.createElement('div');

afterEach(() => {
  act(() => render(null, root));
  sources.value = [];
});

const draw = (count: number): void => {
  sources.value = Array.from({ length: count }, (_, at) => ({ apiKeyId: `agents.key-${at}`, status: 'Failed' as const, count: 0 }));
  act(() => render(<Sources />, root));
};

it('says what each of a few keys has to say', () => {
  draw(3);
  expect(root.querySelectorAll('li')).toHaveLength(3);
  expect(root.querySelector('details')).toBeNull();
});

it('says what is in the way of the list, and not what is good about the key', () => {
  void keys.open(() => new Promise(() => {}));
  keys.upsert({ id: 'agents.team', namespace: 'agents', name: 'team', displayName: 'Team A', state: 'Unknown', sentence: 'OpenAI accepted the key.' } as unknown as Key);
  sources.value = [{ apiKeyId: 'agents.team', status: 'Cached', reason: 'Timeout', sentence: 'api.openai.com did not answer in time.', count: 3 }];
  act(() => render(<Sources />, root));
  expect(root.querySelector('li')?.textContent).toContain('Team A: api.openai.com did not answer in time. Its list is that of');
  expect(root.textContent).not.toContain('accepted the key');
  sources.value = [{ apiKeyId: 'agents.team', status: 'Failed', count: 0 }];
  act(() => render(<Sources />, root));
  expect(root.querySelector('li')?.textContent).toContain('Team A: not answered yet. There is no list of its models.');
});

it('keeps what many keys say folded, so that the models stay in sight', () => {
  draw(500);
  expect(root.querySelectorAll('.sources > ul > li')).toHaveLength(3);
  expect(root.querySelector('details')?.open).toBe(false);
  expect(root.querySelector('summary')?.textContent).toBe('And 497 more');
});

it('asks nothing of a key that somebody has suspended', () => {
  void keys.open(() => new Promise(() => {}));
  keys.upsert({ id: 'agents.aside', namespace: 'agents', name: 'aside', state: 'Suspended' } as unknown as Key);
  sources.value = [
    { apiKeyId: 'agents.aside', status: 'Cached', count: 3 },
    { apiKeyId: 'agents.other', status: 'Fresh', count: 3 },
  ];
  act(() => render(<Sources />, root));
  expect(root.textContent).toContain('The key has answered.');
  expect(root.querySelector('li')).toBeNull();
});
