// @vitest-environment node
import { describe, expect, it } from 'vitest';
import css from '../../src/style/tokens.css?raw';

function tokens(block: string): Record<string, string> {
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]));
}

const blocks = css.split(/^:root|^ {2}:root/m).slice(1).map(tokens).filter((one) => 'bg' in one);
const [light, dark, system] = blocks as [Record<string, string>, Record<string, string>, Record<string, string>];

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s theme', (_name, theme) => {
  const grounds = ['bg', 'surface', 'sunken'];
  const tones = ['ok', 'warn', 'bad', 'info'];
  const pairs: [string, string][] = [
    ...grounds.flatMap((ground) => ['text', 'muted', 'accent'].map((text): [string, string] => [text, ground])),
    ...['bg', 'surface'].flatMap((ground) => tones.map((tone): [string, string] => [tone, ground])),
    ...tones.flatMap((tone): [string, string][] => [[tone, `${tone}-soft`], ['text', `${tone}-soft`]]),
    ['on-accent', 'accent'],
    ['text', 'accent-soft'],
  ];

  it.each(pairs)('shows %s on %s readably', (text, ground) => {
    expect(contrast(theme[text] as string, theme[ground] as string)).toBeGreaterThanOrEqual(5);
  });

  it.each(['bg', 'surface'])('shows the borders of controls on %s', (ground) => {
    expect(contrast(theme['control'] as string, theme[ground] as string)).toBeGreaterThanOrEqual(3);
  });
});

it('is as dark by choice as by the system', () => {
  expect(system).toEqual(dark);
});
