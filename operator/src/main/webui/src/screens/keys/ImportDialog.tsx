import { useEffect, useRef, useState } from 'preact/hooks';
import { client } from '../../api/client';
import { toProblem, type Problem } from '../../api/problem';
import type { ImportResult } from '../../api/schema';
import { Button } from '../../parts/Button';
import { Radio } from '../../parts/Choice';
import { Dialog } from '../../parts/Dialog';
import { Labelled } from '../../parts/Field';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { Select } from '../../parts/Select';
import { namespaces } from '../../state/namespaces';
import { standalone } from '../../state/session';
import { listAgain } from '../../state/stores';
import { freshness, namespace, say } from '../../state/ui';
import { exchange, keyForm, shell, states } from '../../text/en';

type Kind = 'yaml' | 'env';

/** Files of Git, or an `.env`: first what would change, then the change. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  // An .env file holds keys: they stay in the element, and go with it.
  const area = useRef<HTMLTextAreaElement>(null);
  const put = (text: string) => {
    if (area.current !== null) {
      area.current.value = text;
    }
  };
  useEffect(() => () => put(''), []);
  const [kind, setKind] = useState<Kind>('yaml');
  const [where, setWhere] = useState(standalone.peek() ? 'default' : namespace.peek());
  const [result, setResult] = useState<ImportResult | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);

  const change = (next: string) => {
    setKind(looks(next));
    setResult(undefined);
    setProblem(undefined);
    setMissing(false);
  };
  const nowhere = kind === 'env' && where === '';
  const send = async (dryRun: boolean) => {
    const text = area.current?.value ?? '';
    setMissing(text.trim() === '' || nowhere);
    if (text.trim() === '' || nowhere) {
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const query = { ...(dryRun ? { dryRun: 'true' as const } : {}), ...(kind === 'env' ? { namespace: where } : {}) };
      const contentType = kind === 'env' ? 'text/plain' : 'application/yaml';
      const { body } = await client.call('POST /import', { body: text, query, contentType });
      if (dryRun) {
        setResult(body);
      } else {
        put('');
        say('ok', exchange.done(body.created.length, body.changed.length));
        listAgain();
        onClose();
      }
    } catch (thrown) {
      setProblem(toProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  const news = result !== undefined && result.created.length + result.changed.length > 0;

  return (
    <Dialog
      title={exchange.importTitle}
      onClose={onClose}
      wide
      result={
        <>
          {problem !== undefined && <ProblemBanner problem={problem} />}
          {result !== undefined && <Result result={result} />}
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Button busy={busy && result === undefined} onClick={() => void send(true)}>
            {exchange.check}
          </Button>
          {news && (
            <Button kind="accent" busy={busy} off={freshness.value.stale ? shell.staleWrites : undefined} onClick={() => void send(false)}>
              {exchange.take}
            </Button>
          )}
        </>
      }
    >
      <div class="stack">
        <Labelled label={exchange.text} hint={exchange.textHint} error={missing && !nowhere ? exchange.nothing : undefined}>
          {({ id, describedBy, invalid }) => (
            <textarea
              ref={area}
              id={id}
              class="input mono"
              rows={10}
              autoComplete="off"
              spellcheck={false}
              aria-describedby={describedBy}
              aria-invalid={invalid ? 'true' : undefined}
              onInput={(event) => change(event.currentTarget.value)}
            />
          )}
        </Labelled>
        <Labelled label={exchange.file}>
          {({ id }) => (
            <input
              id={id}
              type="file"
              accept=".yaml,.yml,.env,text/plain,application/yaml"
              onChange={(event) =>
                void event.currentTarget.files?.[0]?.text().then((text) => {
                  put(text);
                  change(text);
                })
              }
            />
          )}
        </Labelled>
        <Radio
          legend={exchange.kind}
          look="segments"
          value={kind}
          options={(['yaml', 'env'] as const).map((value) => ({ value, label: exchange.kinds[value] }))}
          onChange={(value) => {
            setKind(value);
            setResult(undefined);
          }}
        />
        {kind === 'env' && !standalone.value && (
          <Select
            label={exchange.where}
            value={where}
            error={missing && nowhere ? exchange.whereMissing : undefined}
            options={[{ value: '', label: keyForm.chooseNamespace }, ...namespaces.value.map((one) => ({ value: one.name, label: one.name }))]}
            onChange={setWhere}
          />
        )}
      </div>
    </Dialog>
  );
}

/** Lines of an `.env` begin with a name in capitals and an equals sign; YAML of ours never does. */
export function looks(text: string): Kind {
  const first = text.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  return first !== undefined && /^\s*(export\s+)?[A-Z][A-Z0-9_]*\s*=/.test(first) ? 'env' : 'yaml';
}

function Result({ result }: { readonly result: ImportResult }) {
  const parts = [
    [exchange.created, result.created],
    [exchange.changed, result.changed],
    [exchange.unchanged, result.unchanged],
  ] as const;
  return (
    <div role="status" class="stack tight">
      {result.created.length + result.changed.length === 0 && <p>{exchange.none}</p>}
      <dl class="facts">
        {parts
          .filter(([, items]) => items.length > 0)
          .map(([name, items]) => (
            <>
              <dt key={name}>
                {name} ({items.length})
              </dt>
              <dd translate={false}>{items.slice(0, 20).map((one) => one.id).join(', ')}</dd>
            </>
          ))}
      </dl>
    </div>
  );
}
