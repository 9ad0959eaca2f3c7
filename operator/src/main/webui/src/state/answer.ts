import { useEffect, useState } from 'preact/hooks';
import { left } from '../api/client';
import { toProblem, type Problem } from '../api/problem';

/** An answer that is waited for; who goes away stops waiting. */
export type Asked<T> = { readonly kind: 'waiting' } | { readonly kind: 'told'; readonly told: T } | { readonly kind: 'refused'; readonly problem: Problem };

/**
 * @param mark asked again when it is another one
 * @param keep the answer of before is shown until the next one is there
 */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T>, mark: string, keep = false): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ kind: 'waiting' });
  useEffect(() => {
    const own = new AbortController();
    setAsked((before) => (keep && before.kind === 'told' ? before : { kind: 'waiting' }));
    ask(own.signal).then(
      (told) => !own.signal.aborted && setAsked({ kind: 'told', told }),
      (thrown: unknown) => !own.signal.aborted && !left(thrown) && setAsked({ kind: 'refused', problem: toProblem(thrown) }),
    );
    return () => own.abort();
  }, [mark]);
  return asked;
}
