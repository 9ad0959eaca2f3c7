import type { Problem } from '../../api/problem';
import type { StepResult, TestResult, TestResultOutcome } from '../../api/schema';
import { Banner, type Tone } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { Icon, type IconName } from '../../parts/Icon';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { format, keyForm, keyWords, states } from '../../text/en';

/** A test of what stands in a form. */
export type Trial =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly place: string }
  | { readonly kind: 'done'; readonly result: TestResult }
  | { readonly kind: 'failed'; readonly problem: Problem };

const TONES: Readonly<Record<TestResultOutcome, Tone>> = { Accepted: 'ok', Refused: 'bad', Unknown: 'warn', Pending: 'info' };
const SIGNS: Readonly<Record<StepResult, readonly [Tone, IconName]>> = {
  Passed: ['ok', 'check'],
  Failed: ['bad', 'cross'],
  Unknown: ['plain', 'help'],
};

/** What a test found out: the verdict, the next step, and how far it came. */
export function TestView({ trial, onStop }: { readonly trial: Trial; readonly onStop?: () => void }) {
  switch (trial.kind) {
    case 'none':
      return null;
    case 'running':
      return (
        <Banner tone="info" actions={onStop && <Button small onClick={onStop}>{keyForm.cancelTest}</Button>}>
          <span role="status">{keyForm.asking(trial.place)}…</span>
        </Banner>
      );
    case 'failed':
      return <ProblemBanner problem={trial.problem} />;
    case 'done':
      return <Result result={trial.result} />;
  }
}

function Result({ result }: { readonly result: TestResult }) {
  const models = result.outcome === 'Accepted' && result.modelCount ? ` ${keyForm.models(result.modelCount)}` : '';
  return (
    <div class="stack tight" role="status">
      <Banner tone={TONES[result.outcome]} title={`${result.sentence ?? keyWords.outcomes[result.outcome]}${models}`}>
        {result.reason === 'KeyAccepted' ? undefined : result.action}
        {result.providerRequestId !== undefined && result.outcome !== 'Accepted' && (
          <div class="label">
            {states.requestId}: <code translate={false}>{result.providerRequestId}</code>
          </div>
        )}
      </Banner>
      {result.steps !== undefined && result.steps.length > 0 && (
        <ol class="steps">
          {result.steps.map((step) => {
            const [tone, icon] = SIGNS[step.result];
            return (
              <li key={step.name} class={tone}>
                <Icon name={icon} size={14} />
                <span class="grow">
                  {keyWords.steps[step.name]}
                  <span class="spoken"> {keyWords.results[step.result]}</span>
                </span>
                <span class="num muted">{format.duration(step.ms)}</span>
              </li>
            );
          })}
        </ol>
      )}
      {result.warnings?.map((one) => (
        <Banner key={one.field + one.reason} tone="warn">
          {one.message}
        </Banner>
      ))}
    </div>
  );
}
