import { useRef, useState } from 'preact/hooks';
import type { Problem } from '../../api/problem';
import { Button } from '../../parts/Button';
import { CodeBlock } from '../../parts/CodeBlock';
import { Dialog } from '../../parts/Dialog';
import { KeyField, type KeyHandle } from '../../parts/KeyField';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { Banner } from '../../parts/Banner';
import { logIn } from '../../state/session';
import { namespace } from '../../state/ui';
import { login } from '../../text/en';

export interface LoginProps {
  /** Why one must sign in now. */
  readonly why: Problem | undefined;
  readonly ways: readonly string[];
}

/** The whole page, for somebody who was not here yet. */
export function Login(props: LoginProps) {
  return (
    <main class="login">
      <div class="surface stack">
        <h1>{login.title}</h1>
        <Form {...props} />
      </div>
    </main>
  );
}

/** Over the page, for somebody whose session ended: what they typed stays where it is. */
export function LoginAgain(props: LoginProps) {
  return (
    <Dialog title={login.again} closable={false} onClose={() => {}}>
      <div class="stack">
        <Banner tone="info">{login.againHint}</Banner>
        <Form {...props} why={undefined} />
      </div>
    </Dialog>
  );
}

function Form({ why, ways }: LoginProps) {
  const [problem, setProblem] = useState(why);
  const [busy, setBusy] = useState(false);
  const token = useRef<KeyHandle>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) {
      return;
    }
    const given = token.current?.take() ?? '';
    if (given === '') {
      token.current?.focus();
      return;
    }
    setBusy(true);
    const refused = await logIn(given);
    setBusy(false);
    setProblem(refused);
    token.current?.focus();
  };

  return (
    <form class="stack" onSubmit={submit}>
      {problem !== undefined && <Refused problem={problem} />}
      <KeyField label={login.token} hint={login.tokenHint} handle={token} autoFocus />
      <div class="row">
        <Button type="submit" kind="accent" busy={busy}>
          {login.submit}
        </Button>
      </div>
      <Commands ways={ways} />
    </form>
  );
}

/** A token that is not good is told in one sentence; what is wrong with it, nobody says who does not have it. */
function Refused({ problem }: { readonly problem: Problem }) {
  const sentence = { TokenRejected: login.rejected, SessionExpired: login.expired }[problem.reason];
  return sentence === undefined ? (
    <ProblemBanner problem={problem} />
  ) : (
    <Banner tone="bad" alert>
      {sentence}
    </Banner>
  );
}

/** Where a token comes from. */
function Commands({ ways }: { readonly ways: readonly string[] }) {
  const where = namespace.value === '' ? '' : `-n ${namespace.value} `;
  return (
    <div class="stack tight">
      <p class="label">{login.command}</p>
      <CodeBlock code={`kubectl ${where}create token ${login.account}`} label={login.command} />
      {ways.includes('OneTimeUrl') && (
        <>
          <p class="label">{login.standaloneCommand}</p>
          <CodeBlock code="cat <data-dir>/login-url" label={login.standaloneCommand} />
        </>
      )}
    </div>
  );
}
