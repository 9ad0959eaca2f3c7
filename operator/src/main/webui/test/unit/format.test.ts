// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { format } from '../../src/text/en';

const NOW = Date.parse('2026-11-21T12:00:00Z');

describe('formats', () => {
  it.each([
    ['2026-11-21T11:59:30Z', 'just now'],
    ['2026-11-21T11:57:00Z', '3 minutes ago'],
    ['2026-11-21T12:00:20Z', 'just now'],
    ['2026-11-19T12:00:00Z', '2 days ago'],
    ['2027-02-21T12:00:00Z', 'in 3 months'],
    ['no time', 'no time'],
  ])('%s as %s', (time, expected) => {
    expect(format.ago(time, NOW)).toBe(expected);
  });

  it.each([
    [0, '0 s'],
    [42.9, '42 s'],
    [180, '3 min'],
    [7_300, '2 h'],
  ])('an age of %d s as %s', (seconds, expected) => {
    expect(format.age(seconds)).toBe(expected);
  });

  it.each([
    [512, '512'],
    [8_192, '8.2k'],
    [128_000, '128k'],
    [1_048_576, '1M'],
    [400_000, '400k'],
  ])('%d tokens as %s', (tokens, expected) => {
    expect(format.tokens(tokens)).toBe(expected);
  });

  it.each([
    ['0.25', '$0.25'],
    ['2', '$2.00'],
    ['0.0375', '$0.0375'],
    ['12.500', '$12.50'],
  ])('a price of %s as %s', (price, expected) => {
    expect(format.price(price)).toBe(expected);
  });

  it('durations, days and counts', () => {
    expect(format.duration(412)).toBe('412 ms');
    expect(format.duration(1_440)).toBe('1.4 s');
    expect(format.day('2027-03-31T00:00:00Z')).toBe('Mar 31, 2027');
    expect(format.day('soon')).toBe('soon');
    expect(format.time('soon')).toBe('soon');
    expect(format.count(1, 'key', 'keys')).toBe('1 key');
    expect(format.count(1_200, 'key', 'keys')).toBe('1,200 keys');
    expect(format.number(1_000)).toBe('1,000');
  });
});
