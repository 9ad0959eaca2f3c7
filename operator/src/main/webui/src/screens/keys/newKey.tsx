import { useRef, useState } from 'preact/hooks';
import { client } from '../../api/client';
import { toProblem, type Problem } from '../../api/problem';
import type { FactsProvider, Key } from '../../api/schema';
import { KeyField, type KeyHandle } from '../../parts/KeyField';
import { providerName } from '../../parts/providers';
import { providerOf, providers } from '../../state/facts';
import { keyRing, standalone } from '../../state/session';
import { keys as store } from '../../state/stores';
import { say } from '../../state/ui';
import { keyForm, keys } from '../../text/en';
import { of } from './Advanced';
import { bodyOf, EMPTY, looksLike, missing, triedOf, wrongOf, type Draft, type Wrong } from './draft';
import { focusInvalid, hostOf, KeyPage } from './pieces';
import { useTrial } from './trial';

/** A form that is still empty. */
export function blank(namespace: string): Draft {
  return { ...EMPTY, namespace, store: keyRing.peek() || standalone.peek() ? 'EncryptedKey' : 'Secret' };
}

interface Wanted {
  readonly first: Draft;
  /** What the form leaves open, by what is in it. */
  readonly completed?: (draft: Draft, facts: FactsProvider | undefined, typed: boolean) => Draft;
  readonly onSaved: (key: Key) => void;
}

/** A key that is being made: what stands in its form, its test and its save. */
export function useNewKey({ first, completed = (draft) => draft, onSaved }: Wanted) {
  const [draft, setDraft] = useState(first);
  const [typed, setTyped] = useState({ empty: true, prefix: '' });
  const [local, setLocal] = useState<Wrong>({});
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const { trial, run, forget } = useTrial();
  const field = useRef<KeyHandle>(null);
  const form = useRef<HTMLFormElement>(null);

  const facts = draft.provider === '' ? undefined : providerOf(draft.provider);
  const whole = completed(draft, facts, !typed.empty);
  const valid = () => {
    const found = missing(whole, facts, !typed.empty);
    setLocal(found);
    setProblem(undefined);
    if (Object.keys(found).length > 0) {
      focusInvalid(form.current);
      return false;
    }
    return true;
  };
  return {
    draft: whole,
    facts,
    typed,
    trial,
    problem,
    busy,
    field,
    form,
    forget,
    wrong: { ...wrongOf(problem), ...local },
    /** What is on the screen then is not what was tested any more. */
    change(some: Partial<Draft>): void {
      setDraft({ ...draft, ...some });
      setLocal({});
      forget();
    },
    type(about: { readonly empty: boolean; readonly prefix: string }): void {
      setTyped(about);
      setLocal({});
      forget();
    },
    test(): void {
      if (valid()) {
        void run(triedOf(whole, field.current?.peek() ?? ''), hostOf(draft.endpoint || (facts?.endpoint ?? '')));
      }
    },
    async save(consent = false): Promise<void> {
      if (busy || !valid()) {
        return;
      }
      setBusy(true);
      try {
        const body = { ...bodyOf(whole, field.current?.peek() ?? ''), ...(consent ? { consent: true } : {}) };
        const answer = await client.call('POST /config/api-keys', { body });
        field.current?.clear();
        store.upsert(answer.body);
        setDraft(first);
        forget();
        answer.body.warnings?.forEach((one) => say('warn', one.message));
        say('ok', keys.saved(answer.body.name));
        onSaved(answer.body);
      } catch (thrown) {
        setProblem(toProblem(thrown));
        focusInvalid(form.current);
      } finally {
        setBusy(false);
      }
    },
  };
}

interface KeyOfProps {
  readonly made: ReturnType<typeof useNewKey>;
  readonly optional?: boolean;
}

/** Where the key is pasted, with whose it looks like and where to get one. */
export function KeyOf({ made, optional = false }: KeyOfProps) {
  const alike = looksLike(made.typed.prefix, made.draft.provider, providers.value);
  return (
    <KeyField
      label={keyForm.key}
      handle={made.field}
      error={of(made.wrong, 'key')}
      optional={optional}
      hint={
        <>
          {alike.length > 0 && <strong>{keyForm.looksLike(alike.map(providerName).join(', '))} </strong>}
          <KeyPage provider={made.draft.provider} />
        </>
      }
      onChange={made.type}
    />
  );
}
