import { describe, expect, it } from 'vitest';
import * as format from '../../src/state/chatFormat';
import { linearScale, logarithmicScale, positionOf, valueAt, within } from '../../src/state/chatScale';

describe('what numbers look like', () => {
  it.each([
    ['0', '$0'],
    ['0.00000001', '< $0.000001'],
    ['0.0000012', '$0.0000012'],
    ['0.000123', '$0.00012'],
    ['0.0099', '$0.0099'],
    ['0.01', '$0.01'],
    ['1.005', '$1.00'],
    ['12.3', '$12.30'],
    ['x', '–'],
    ['-1', '–'],
  ])('%s dollars', (dollars, text) => expect(format.cost(dollars)).toBe(text));

  it('counts words, and guesses tokens', () => {
    expect(format.words('  two words\n')).toBe(2);
    expect(format.words('')).toBe(0);
    expect(format.estimatedTokens('x'.repeat(400))).toBe(100);
    expect(format.estimatedTokens('漢字漢字漢字')).toBe(4);
  });

  it('counts down in minutes and seconds, and never below none', () => {
    expect([0, 0.2, 59, 61, 725, -3].map(format.countdown)).toEqual(['0:00', '0:01', '0:59', '1:01', '12:05', '0:00']);
  });
});

describe('a slider for temperatures', () => {
  const scale = linearScale(0, 2, 0.05);

  it('stops at each twentieth, without the noise of binary fractions', () => {
    expect(scale.values).toHaveLength(41);
    expect(scale.values.slice(0, 4)).toEqual([0, 0.05, 0.1, 0.15]);
    expect(scale.values.every((value) => String(value).length <= 4)).toBe(true);
  });

  it('has its ends where the step does not meet them', () => {
    expect(linearScale(0.1, 1, 0.4).values).toEqual([0.1, 0.5, 0.9, 1]);
    expect(linearScale(1, 1, 0.05).values).toEqual([1]);
  });

  it('finds a value that is between two stops at the nearer one', () => {
    expect(valueAt(scale, positionOf(scale, 0.72))).toBe(0.7);
    expect(valueAt(scale, positionOf(scale, 0.73))).toBe(0.75);
    expect(valueAt(scale, positionOf(scale, 9))).toBe(2);
    expect(valueAt(scale, positionOf(scale, -1))).toBe(0);
    expect(valueAt(scale, 1000)).toBe(2);
  });
});

describe('a slider for tokens', () => {
  it.each([
    [1, 128_000],
    [1, 1],
    [16, 8192],
    [1, 1_048_576],
    [1, 4097],
    [0, 10],
  ])('from %d to %d only goes up, and holds both ends', (least, most) => {
    const { values, ticks } = logarithmicScale(least, most);
    expect(values[0]).toBe(Math.max(1, least));
    expect(values.at(-1)).toBe(most);
    expect(values.every((value, at) => Number.isInteger(value) && (at === 0 || value > (values[at - 1] ?? 0)))).toBe(true);
    expect(values.length).toBeLessThan(600);
    expect(ticks.every((at) => at >= 0 && at < values.length)).toBe(true);
  });

  it('gives each decade the same room, with round numbers', () => {
    const scale = logarithmicScale(1, 100_000);
    expect(positionOf(scale, 10_000) - positionOf(scale, 1000)).toBe(positionOf(scale, 1000) - positionOf(scale, 100));
    expect(valueAt(scale, positionOf(scale, 1000) + 1)).toBe(1100);
    expect(valueAt(scale, positionOf(scale, 4096))).toBe(4100);
    expect(scale.ticks.map((at) => valueAt(scale, at))).toEqual([1, 10, 100, 1000, 10_000, 100_000]);
  });

  it('every value of a scale is found again', () => {
    const scale = logarithmicScale(1, 131_072);
    scale.values.forEach((value, at) => expect(positionOf(scale, value)).toBe(at));
  });
});

describe('a number box', () => {
  it.each([
    ['0.7', 0.7],
    ['0,7', 0.7],
    [' .5 ', 0.5],
    ['+1', 1],
    ['7', 2],
    ['-1', 0],
    ['', undefined],
    ['1e3', undefined],
    ['NaN', undefined],
    ['0x10', undefined],
    ['1.2.3', undefined],
  ])('takes %j for %j', (text, value) => expect(within(text, 0, 2, false)).toBe(value));

  it('holds whole numbers where tokens are counted', () => expect(within('12.6', 1, 100, true)).toBe(13));
});
