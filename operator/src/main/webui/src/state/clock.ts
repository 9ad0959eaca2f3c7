import { signal } from '@preact/signals';

/** The time as it is shown: it moves every ten seconds, and for all at once. */
export const now = signal(Date.now());

let ticking: ReturnType<typeof setInterval> | undefined;

export function tick(everyMs = 10_000): () => void {
  ticking ??= setInterval(() => {
    now.value = Date.now();
  }, everyMs);
  return () => {
    clearInterval(ticking);
    ticking = undefined;
  };
}
