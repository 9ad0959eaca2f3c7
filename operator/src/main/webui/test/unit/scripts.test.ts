import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { came, missing, unsaved } from '../../src/state/scripts';

const reload = vi.fn();
let answer: () => Promise<Response>;

beforeEach(() => {
  sessionStorage.clear();
  reload.mockClear();
  answer = () => Promise.resolve(new Response(null));
  vi.stubGlobal('fetch', () => answer());
});

afterEach(() => {
  unsaved.clear();
  vi.unstubAllGlobals();
});

it('loads the page anew once for a script that an upgrade took away', async () => {
  expect(await missing(reload)).toBe('reloading');
  expect(await missing(reload)).toBe('newer');
  expect(reload).toHaveBeenCalledTimes(1);
});

it('loads it anew again for the next upgrade', async () => {
  await missing(reload);
  came();
  expect(await missing(reload)).toBe('reloading');
});

it('does not leave for a server that does not answer, and does not count that as the one time', async () => {
  answer = () => Promise.reject(new TypeError('Failed to fetch'));
  expect(await missing(reload)).toBe('away');
  answer = () => Promise.resolve(new Response(null, { status: 502 }));
  expect(await missing(reload)).toBe('away');
  answer = () => Promise.resolve(new Response(null));
  expect(await missing(reload)).toBe('reloading');
});

it('asks where something would be lost', async () => {
  unsaved.add(() => true);
  expect(await missing(reload)).toBe('newer');
  expect(reload).not.toHaveBeenCalled();
});
