import { useEffect } from 'preact/hooks';
import type { Problem } from '../api/problem';
import { ProblemBanner } from '../parts/ProblemBanner';
import { ask } from '../state/session';
import { shell } from '../text/en';

/** Nobody answers yet; the page asks again by itself. */
export function Unreachable({ problem }: { readonly problem: Problem }) {
  useEffect(() => {
    const timer = setInterval(() => void ask(), 5_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <main class="login">
      <div class="surface stack">
        <h1>{shell.title}</h1>
        <ProblemBanner problem={problem} retry={() => void ask()} />
      </div>
    </main>
  );
}
