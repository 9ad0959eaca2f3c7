/** Where a slider can stand: few enough for the arrow keys, close enough for every use; the number box takes the rest. */

/** Even steps; sums of 0.05 are not what they look like, so each stop is computed from the start. */
export function linearStops(min: number, max: number, step: number): readonly number[] {
  const count = Math.floor((max - min) / step + 1e-9);
  const digits = decimals(step);
  const stops = Array.from({ length: count + 1 }, (_, index) => Number((min + index * step).toFixed(digits)));
  return stops.at(-1) === max ? stops : [...stops, max];
}

/** Four steps for each doubling, whole numbers: what limits of tokens are thought in. */
export function logStops(min: number, max: number): readonly number[] {
  const stops = new Set([min]);
  for (let base = 1; base <= max; base *= 2) {
    for (const part of [1, 1.25, 1.5, 1.75]) {
      const stop = base * part;
      if (Number.isInteger(stop) && stop > min && stop < max) {
        stops.add(stop);
      }
    }
  }
  return [...stops.add(max)].sort((a, b) => a - b);
}

/** The stop that is closest to a value. */
export function nearest(stops: readonly number[], value: number): number {
  let best = 0;
  stops.forEach((stop, index) => {
    if (Math.abs(stop - value) < Math.abs((stops[best] as number) - value)) {
      best = index;
    }
  });
  return best;
}

function decimals(step: number): number {
  return String(step).split('.')[1]?.length ?? 0;
}
