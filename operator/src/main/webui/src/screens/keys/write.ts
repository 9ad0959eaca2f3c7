import { useState } from 'preact/hooks';
import { client } from '../../api/client';
import { toProblem, type Problem } from '../../api/problem';
import type { Impact, Key, Routes } from '../../api/schema';
import { consequential } from '../../parts/Impact';
import { keys as keyStore } from '../../state/stores';
import { say } from '../../state/ui';
import { forced } from '../../state/write';

export type KeyPatch = Routes['PATCH /config/api-keys/{id}']['body'];

/** A change of a key: what it would do is shown before, what stood in its way is kept for an answer. */
export function useKeyWrite(id: string) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [impact, setImpact] = useState<Impact | undefined>(undefined);

  /** @returns the key as it is now, or undefined when it was not written */
  const write = async (patch: KeyPatch, etag: string, force = false): Promise<Key | undefined> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { body } = await client.call('PATCH /config/api-keys/{id}', { path: { id }, body: patch, ifMatch: etag, query: forced(force) });
      keyStore.upsert(body);
      body.warnings?.forEach((one) => say('warn', one.message));
      setImpact(undefined);
      return body;
    } catch (thrown) {
      setImpact(undefined);
      setProblem(toProblem(thrown));
      return undefined;
    } finally {
      setBusy(false);
    }
  };

  /** Asks first when agents are affected; then `impact` is there, and `write` is called by the answer. */
  const propose = async (patch: KeyPatch, etag: string): Promise<Key | undefined> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { body } = await client.preview('PATCH /config/api-keys/{id}', { path: { id }, body: patch, ifMatch: etag });
      if (consequential(body)) {
        setImpact(body);
        return undefined;
      }
    } catch (thrown) {
      setProblem(toProblem(thrown));
      return undefined;
    } finally {
      setBusy(false);
    }
    return write(patch, etag);
  };

  return { busy, problem, impact, write, propose, drop: () => setImpact(undefined), clear: () => setProblem(undefined) };
}
