export interface Line {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Beyond this the table of common lines would take a second of everybody's time. */
const MOST_CELLS = 4_000_000;

/** What differs, line by line: the longest common lines stay. */
export function diffLines(before: string, after: string): readonly Line[] {
  const one = before.split('\n');
  const other = after.split('\n');
  const lines: Line[] = [];
  const same = (text: string) => lines.push({ kind: 'same', text });
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) {
    same(one[start++] as string);
  }
  let end = 0;
  while (end < one.length - start && end < other.length - start && one.at(-1 - end) === other.at(-1 - end)) {
    end += 1;
  }
  lines.push(...middle(one.slice(start, one.length - end), other.slice(start, other.length - end)));
  one.slice(one.length - end).forEach(same);
  return lines;
}

function middle(one: readonly string[], other: readonly string[]): Line[] {
  const all = (texts: readonly string[], kind: Line['kind']) => texts.map((text) => ({ kind, text }));
  if (one.length * other.length > MOST_CELLS) {
    return [...all(one, 'removed'), ...all(other, 'added')];
  }
  const width = other.length + 1;
  const common = new Uint32Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      common[i * width + j] =
        one[i] === other[j]
          ? (common[(i + 1) * width + j + 1] as number) + 1
          : Math.max(common[(i + 1) * width + j] as number, common[i * width + j + 1] as number);
    }
  }
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && one[i] === other[j]) {
      lines.push({ kind: 'same', text: one[i++] as string });
      j += 1;
    } else if (j >= other.length || (i < one.length && (common[(i + 1) * width + j] as number) >= (common[i * width + j + 1] as number))) {
      lines.push({ kind: 'removed', text: one[i++] as string });
    } else {
      lines.push({ kind: 'added', text: other[j++] as string });
    }
  }
  return lines;
}
