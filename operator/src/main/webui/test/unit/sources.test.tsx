import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it } from 'vitest';
import { Sources } from '../../src/screens/models/Sources';
import { sources } from '../../src/state/choices';

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

it('keeps what many keys say folded, so that the models stay in sight', () => {
  draw(500);
  expect(root.querySelectorAll('.sources > ul > li')).toHaveLength(3);
  expect(root.querySelector('details')?.open).toBe(false);
  expect(root.querySelector('summary')?.textContent).toBe('And 497 more');
});
