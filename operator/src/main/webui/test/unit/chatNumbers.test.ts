import { describe, expect, it } from 'vitest';
import * as format from '../../src/state/chatFormat';

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
