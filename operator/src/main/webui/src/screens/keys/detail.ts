import { useEffect, useRef, useState } from 'preact/hooks';
import { client, left } from '../../api/client';
import { toProblem, type Problem } from '../../api/problem';
import type { Key } from '../../api/schema';
import { keys } from '../../state/stores';

export type Detail =
  | { readonly kind: 'loading' }
  /** It was there, and was deleted meanwhile. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'there'; readonly key: Key; readonly etag: string }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** One key with all that its row does not tell; read again when its row changes. */
export function useDetail(id: string): Detail & { readonly reload: () => void } {
  const [detail, setDetail] = useState<Detail>({ kind: 'loading' });
  const [again, setAgain] = useState(0);
  const row = keys.get(id);
  const listed = useRef(false);
  useEffect(() => {
    if (row === undefined && listed.current) {
      setDetail({ kind: 'gone' });
      return undefined;
    }
    listed.current = row !== undefined;
    const own = new AbortController();
    const query = row === undefined ? {} : { minGeneration: row.generation };
    client.call('GET /config/api-keys/{id}', { path: { id }, query, signal: own.signal }).then(
      ({ body, etag }) => setDetail({ kind: 'there', key: body, etag: etag ?? '*' }),
      (thrown: unknown) => {
        if (!left(thrown)) {
          setDetail({ kind: 'failed', problem: toProblem(thrown) });
        }
      },
    );
    return () => own.abort();
  }, [id, row?.rv, again]);
  return { ...detail, reload: () => setAgain(again + 1) };
}
