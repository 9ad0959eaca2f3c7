import { useState } from 'preact/hooks';
import { toProblem, type Problem } from '../api/problem';
import { Banner } from '../parts/Banner';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { Field } from '../parts/Field';
import { ProblemBanner } from '../parts/ProblemBanner';
import { everywhere, findNamespace, namespaces } from '../state/namespaces';
import { overlay } from '../state/overlay';
import { chooseNamespace } from '../state/session';
import { namespace } from '../state/ui';
import { shell, states } from '../text/en';

/** No name can be this: it is not a DNS label. */
const OTHER = ' other';

export function NamespacePicker() {
  const now = namespace.value;
  const names = namespaces.value.map((one) => one.name);
  // One that is gone, or that nobody told of yet, is still where one looks.
  const shown = now === '' || names.includes(now) ? names : [...names, now];
  return (
    <>
      <label class="picker">
        <span class="spoken">{shell.namespace}</span>
        <select
          class="input"
          value={now}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            if (chosen === OTHER) {
              event.currentTarget.value = now;
              overlay.value = 'namespace';
            } else {
              chooseNamespace(chosen);
            }
          }}
        >
          {(now === '' || everywhere.value || names.length > 1) && (
            <option value="" selected={now === ''}>
              {everywhere.value ? shell.allNamespaces : shell.yourNamespaces(names.length)}
            </option>
          )}
          {shown.map((name) => (
            <option key={name} value={name} selected={name === now}>
              {name}
            </option>
          ))}
          <option value={OTHER}>{shell.otherNamespace}</option>
        </select>
      </label>
      {overlay.value === 'namespace' && <OtherNamespace />}
    </>
  );
}

function OtherNamespace() {
  const [name, setName] = useState('');
  const [none, setNone] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const close = () => (overlay.value = undefined);

  const submit = async (event: Event) => {
    event.preventDefault();
    const wanted = name.trim();
    if (wanted === '' || busy) {
      return;
    }
    setBusy(true);
    setNone(undefined);
    setProblem(undefined);
    try {
      const found = await findNamespace(wanted);
      if (found === undefined) {
        setNone(shell.otherNamespaceNone(wanted));
      } else if (!found.watched) {
        setNone(shell.otherNamespaceUnwatched(wanted));
      } else {
        close();
        chooseNamespace(wanted);
      }
    } catch (thrown) {
      setProblem(toProblem(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={shell.otherNamespaceTitle}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{states.cancel}</Button>
          <Button kind="accent" type="submit" form="other-namespace" busy={busy}>
            {shell.open}
          </Button>
        </>
      }
    >
      <form id="other-namespace" class="stack" onSubmit={submit}>
        {none !== undefined && (
          <Banner tone="warn" alert>
            {none}
          </Banner>
        )}
        {problem !== undefined && <ProblemBanner problem={problem} />}
        <Field label={shell.namespace} hint={shell.otherNamespaceHint} value={name} onInput={setName} mono autoFocus />
      </form>
    </Dialog>
  );
}
