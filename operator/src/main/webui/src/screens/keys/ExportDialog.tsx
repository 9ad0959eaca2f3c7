import { useEffect, useState } from 'preact/hooks';
import { client, left } from '../../api/client';
import { toProblem, type Problem } from '../../api/problem';
import { Button } from '../../parts/Button';
import { Radio } from '../../parts/Choice';
import { CodeBlock } from '../../parts/CodeBlock';
import { Dialog } from '../../parts/Dialog';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { Skeleton } from '../../parts/Skeleton';
import { standalone } from '../../state/session';
import { namespace } from '../../state/ui';
import { exchange, states } from '../../text/en';

const FORMS = ['AsStored', 'Encrypted', 'SealedKey', 'SealedSecret', 'Omit'] as const;

/** What is here, as files for Git. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const [form, setForm] = useState<(typeof FORMS)[number]>('AsStored');
  const [yaml, setYaml] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  useEffect(() => {
    const own = new AbortController();
    setYaml(undefined);
    setProblem(undefined);
    const where = namespace.peek() === '' || standalone.peek() ? {} : { namespace: namespace.peek() };
    client.yaml('GET /export', { query: { ...where, keys: form }, signal: own.signal }).then(
      ({ body }) => setYaml(body),
      (thrown: unknown) => !left(thrown) && setProblem(toProblem(thrown)),
    );
    return () => own.abort();
  }, [form]);
  return (
    <Dialog
      title={exchange.exportTitle}
      onClose={onClose}
      wide
      footer={
        <>
          <Button onClick={onClose}>{states.close}</Button>
          <Button kind="accent" off={yaml === undefined ? states.loading : undefined} onClick={() => save(yaml ?? '')}>
            {exchange.download}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p class="muted">{exchange.exportAbout(standalone.value ? '' : namespace.value)}</p>
        <Radio
          legend={exchange.how}
          value={form}
          options={FORMS.map((value) => ({ value, label: exchange.forms[value], about: exchange.formHints[value] }))}
          onChange={setForm}
        />
        {problem !== undefined && <ProblemBanner problem={problem} />}
        {problem === undefined && (yaml === undefined ? <Skeleton rows={4} /> : <CodeBlock code={yaml} label={exchange.yaml} />)}
      </div>
    </Dialog>
  );
}

function save(text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  link.download = 'llm-config.yaml';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
