import type { Signal } from '@preact/signals';
import { useEffect, useId, useState } from 'preact/hooks';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { Copy } from '../../parts/Copy';
import { Icon } from '../../parts/Icon';
import { Markdown } from '../../parts/Markdown';
import { canGoOn, underWay, waitLeft, type Answer as Said } from '../../state/chatAnswer';
import { cost, countdown } from '../../state/chatFormat';
import { format, parameters } from '../../text/en';
import { chat as words } from '../../text/en/chat';

export interface AnswerProps {
  readonly answer: Signal<Said>;
  /** Only the last one can be asked for again; what follows another one would no longer follow from it. */
  readonly last: boolean;
  readonly onRetry: () => void;
  readonly onRetryWith: () => void;
  readonly onGoOn: () => void;
}

export function Answer({ answer, last, onRetry, onRetryWith, onGoOn }: AnswerProps) {
  const said = answer.value;
  const heading = useId();
  const busy = underWay(said);
  return (
    <article class="answer" aria-labelledby={heading} aria-busy={busy}>
      <h2 id={heading} class="answer-head clip" dir="auto" title={said.model}>
        <span class="spoken">{words.answerOf('')}</span>
        {said.label}
      </h2>
      {said.reasoning !== '' && (
        <details class="reasoning">
          <summary>{words.reasoning}</summary>
          <div class="md-plain wrap" dir="auto">
            {said.reasoning}
          </div>
        </details>
      )}
      {busy && said.text === '' && (
        <p class="muted waiting">
          <span class="pulse" aria-hidden="true" /> {words.waiting}
        </p>
      )}
      {said.text !== '' && <Markdown text={said.text} growing={busy} />}
      <End said={said} />
      {!busy && (
        <div class="answer-foot">
          <Figures said={said} />
          <div class="row wrapping answer-actions">
            {said.text !== '' && <Copy text={said.text} label={words.copy} />}
            {last && canGoOn(said) && (
              <Button small kind="quiet" icon="play" onClick={onGoOn}>
                {words.goOn}
              </Button>
            )}
            {last && (
              <Again said={said} onRetry={onRetry} />
            )}
            {last && (
              <Button small kind="quiet" onClick={onRetryWith}>
                {words.retryWith}
              </Button>
            )}
          </div>
        </div>
      )}
    </article>
  );
}

/** Not before the other side wants to be asked again: a try that is refused makes the wait longer. */
function Again({ said, onRetry }: { readonly said: Said; readonly onRetry: () => void }) {
  const left = useWait(said);
  return (
    <Button
      small
      kind="quiet"
      icon="refresh"
      off={left > 0 ? words.ends.wait(countdown(left)) : undefined}
      onClick={onRetry}
    >
      {said.phase === 'offline' ? words.resend : words.retry}
      {left > 0 && <span class="num"> {countdown(left)}</span>}
    </Button>
  );
}

/** Seconds that are left, counted once a second. */
function useWait(said: Said): number {
  const [left, setLeft] = useState(() => waitLeft(said, Date.now()));
  useEffect(() => {
    const count = (): number => {
      const now = waitLeft(said, Date.now());
      setLeft(now);
      return now;
    };
    if (count() === 0) {
      return undefined;
    }
    const timer = setInterval(() => {
      if (count() === 0) {
        clearInterval(timer);
      }
    }, 1_000);
    return () => clearInterval(timer);
  }, [said.retryAt]);
  return left;
}

/** How it ended, where that is not simply the end. */
function End({ said }: { readonly said: Said }) {
  const empty = said.text === '';
  switch (said.phase) {
    case 'stopped':
      return <Note text={empty ? words.ends.stoppedEmpty : words.ends.stopped} />;
    case 'cut':
      return <Banner tone="warn" alert title={empty ? words.ends.cutEmpty : words.ends.cut} />;
    case 'offline':
      return <Banner tone="warn" alert title={words.ends.offline} />;
    case 'failed':
      return (
        <Banner tone={said.retryAt === undefined ? 'bad' : 'warn'} alert title={said.problem?.detail}>
          {said.problem?.action} {!empty && words.ends.kept}
          {said.problem?.requestId !== undefined && (
            <div class="label">
              <code translate={false}>{said.problem.requestId}</code>
            </div>
          )}
        </Banner>
      );
    case 'done':
      return <Finish said={said} empty={empty} />;
    default:
      return null;
  }
}

function Finish({ said, empty }: { readonly said: Said; readonly empty: boolean }) {
  switch (said.finish) {
    case 'Filtered':
      return <Note text={words.ends.filtered} />;
    case 'Length':
      return <Note text={words.ends.length} />;
    case 'ToolCalls':
      return <Note text={words.ends.toolCalls} />;
    case 'Other':
      return <Note text={words.ends.other} />;
    default:
      return empty ? <Note text={words.ends.empty} /> : null;
  }
}

function Note({ text }: { readonly text: string }) {
  return (
    <p class="answer-note muted">
      <Icon name="info" size={14} /> {text}
    </p>
  );
}

/** The line under an answer: how long, how many, how much, and what was not sent. */
function Figures({ said }: { readonly said: Said }) {
  const { ttftMs, totalMs, usage, dropped } = said;
  const counts = [
    usage?.input !== undefined && words.metrics.input(format.number(usage.input)),
    usage?.output !== undefined && words.metrics.output(format.number(usage.output)),
    usage?.reasoning !== undefined && usage.reasoning > 0 && words.metrics.reasoningTokens(format.number(usage.reasoning)),
    usage?.cached !== undefined && usage.cached > 0 && words.metrics.cached(format.number(usage.cached)),
  ].filter((one) => one !== false);
  const parts = [
    ttftMs !== undefined && words.metrics.first(format.duration(ttftMs)),
    totalMs !== undefined && words.metrics.total(format.duration(totalMs)),
    counts.length > 0 && `${counts.join(', ')} ${words.metrics.tokens}`,
  ].filter((one) => one !== false);
  return (
    <>
      {(parts.length > 0 || said.cost !== undefined) && (
        <p class="figures num" aria-label={words.metrics.label} role="note">
          {parts.join(' · ')}
          {said.cost !== undefined && (
            <span title={words.metrics.costTitle}>
              {parts.length > 0 && ' · '}
              {words.metrics.cost(cost(said.cost))}
            </span>
          )}
        </p>
      )}
      {dropped.map((one) => (
        <p key={one.name} class="figures warn-text">
          {one.effective === undefined
            ? words.metrics.notSent(nameOf(one.name))
            : words.metrics.changed(nameOf(one.name), one.effective)}
          : {one.sentence}
        </p>
      ))}
    </>
  );
}

function nameOf(name: string): string {
  return (parameters.names as Readonly<Record<string, string>>)[name] ?? name;
}
