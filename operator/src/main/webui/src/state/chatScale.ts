/** The values that a slider stops at, in order. Its position is the index, so one key press is one value. */
export interface Scale {
  readonly values: readonly number[];
  /** Positions that are worth a mark. */
  readonly ticks: readonly number[];
}

/** From least to most in equal steps; the ends are always there, even where a step does not meet them. */
export function linearScale(least: number, most: number, step: number): Scale {
  const digits = decimals(step);
  const values: number[] = [];
  for (let n = 0; ; n++) {
    const value = rounded(least + n * step, digits);
    if (value >= most) {
      break;
    }
    values.push(value);
  }
  values.push(most);
  return { values, ticks: [0, values.length - 1] };
}

/**
 * From least to most with two significant digits, so that each decade takes as much room as the next: 100 and 110
 * are as far apart as 100,000 and 110,000.
 */
export function logarithmicScale(least: number, most: number): Scale {
  const low = Math.max(1, Math.ceil(least));
  const values: number[] = [low];
  let value = low;
  while (value < most) {
    const step = Math.max(1, 10 ** (Math.floor(Math.log10(value) + 1e-9) - 1));
    value = (Math.floor(value / step + 1e-9) + 1) * step;
    values.push(Math.min(value, most));
  }
  const ticks = values.flatMap((one, at) => (Math.log10(one) % 1 === 0 ? [at] : []));
  return { values, ticks: [...new Set([0, ...ticks, values.length - 1])] };
}

/** Where a value is on a scale; one between two stops is at the nearer one. */
export function positionOf(scale: Scale, value: number): number {
  const { values } = scale;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const below = values[low - 1];
  const at = values[low];
  return below !== undefined && at !== undefined && value - below < at - value ? low - 1 : low;
}

export function valueAt(scale: Scale, position: number): number {
  const last = scale.values.length - 1;
  return scale.values[Math.min(last, Math.max(0, Math.round(position)))] ?? 0;
}

/** What a number box holds, kept within the ends; undefined for what is no number. */
export function within(text: string, least: number, most: number, whole: boolean): number | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(trimmed)) {
    return undefined;
  }
  const value = Number(trimmed);
  return Math.min(most, Math.max(least, whole ? Math.round(value) : value));
}

function decimals(step: number): number {
  return (String(step).split('.')[1] ?? '').length;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
