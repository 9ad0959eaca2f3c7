import { useEffect, useRef, useState } from 'preact/hooks';
import { client, left } from '../../api/client';
import { toProblem } from '../../api/problem';
import type { TriedKey } from '../../api/schema';
import type { Trial } from './TestView';

/** A server that loads its model may take a minute before it says anything. */
const PATIENCE_MS = 80_000;

/** Tests what stands in a form. What is changed afterwards was not tested: `forget` says so. */
export function useTrial() {
  const [trial, setTrial] = useState<Trial>({ kind: 'none' });
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (body: TriedKey, place: string) => {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    setTrial({ kind: 'running', place });
    try {
      const answer = await client.call('POST /config/api-keys/test', { body, signal: own.signal, limitMs: PATIENCE_MS });
      setTrial({ kind: 'done', result: answer.body });
    } catch (thrown) {
      if (!left(thrown)) {
        setTrial({ kind: 'failed', problem: toProblem(thrown) });
      }
    }
  };
  const forget = () => {
    running.current?.abort();
    setTrial({ kind: 'none' });
  };
  return { trial, run, forget };
}
