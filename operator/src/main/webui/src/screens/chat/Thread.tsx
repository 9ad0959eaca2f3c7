import type { Signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import type { Turn } from '../../state/chat';
import type { Answer as Said } from '../../state/chatAnswer';
import { addressee, addressees, offerOf, panes, system, talk, type Pane } from '../../state/chatPage';
import { choices, type Offer } from '../../state/choices';
import { chat as words } from '../../text/en/chat';
import { Answer } from './Answer';
import { ModelPicker } from './ModelPicker';
import { Question } from './Question';

/** What was asked and answered. It is not live: a screen reader would read every word as it comes. */
export function Thread({ off }: { readonly off: string | undefined }) {
  const turns = talk.turns.value;
  return (
    <section class="thread" aria-label={words.conversation}>
      {turns.map((turn, at) => (
        <TurnRow key={turn.id} turn={turn} last={at === turns.length - 1} off={off} />
      ))}
    </section>
  );
}

function TurnRow({ turn, last, off }: { readonly turn: Turn; readonly last: boolean; readonly off: string | undefined }) {
  const [again, setAgain] = useState<number | undefined>(undefined);
  const all = [...turn.answers];
  return (
    <div class="turn">
      <Question
        text={turn.question}
        followed={!last}
        off={off}
        onAsk={(text) => talk.edit(turn.id, text, system.peek(), addressees())}
      />
      <div class={`answers of-${Math.min(3, all.length)}`}>
        {all.map(([id, answer]) => (
          <Answer
            key={id}
            answer={answer}
            last={last}
            onRetry={() => retry(turn, id, answer)}
            onRetryWith={() => setAgain(id)}
            onGoOn={() => {
              const to = sameAs(id, answer);
              if (to !== undefined) {
                talk.goOn(turn.id, system.peek(), to);
              }
            }}
          />
        ))}
      </div>
      {again !== undefined && (
        <RetryWith
          onClose={() => setAgain(undefined)}
          onChoose={(offer) => {
            const pane = paneOf(again);
            const to = pane && addressee({ ...pane, id: again }, offer);
            setAgain(undefined);
            if (to !== undefined) {
              talk.retry(turn.id, system.peek(), to);
            }
          }}
        />
      )}
    </div>
  );
}

/** The pane that an answer was for; one that was taken away since is asked as the first. */
function paneOf(id: number): Pane | undefined {
  return panes.peek().find((one) => one.id === id) ?? panes.peek()[0];
}

/** Asks the same model again, also where the pane has another one by now. */
function sameAs(id: number, answer: Signal<Said>) {
  const pane = paneOf(id);
  const offer = choices.peek().find((one) => one.id === answer.peek().model);
  return pane && addressee({ ...pane, id }, offer ?? offerOf(pane));
}

function retry(turn: Turn, id: number, answer: Signal<Said>): void {
  const to = sameAs(id, answer);
  if (to !== undefined) {
    talk.retry(turn.id, system.peek(), to);
  }
}

function RetryWith({ onClose, onChoose }: { readonly onClose: () => void; readonly onChoose: (offer: Offer) => void }) {
  const [chosen, setChosen] = useState<Offer | undefined>(undefined);
  return (
    <Dialog
      title={words.retryWithTitle}
      onClose={onClose}
      footer={
        <Button
          kind="accent"
          off={chosen === undefined ? words.composer.noModel : undefined}
          onClick={() => chosen && onChoose(chosen)}
        >
          {words.retry}
        </Button>
      }
    >
      <div class="retry-with">
        <ModelPicker label={words.model} offers={choices.value} chosen={chosen} onChoose={setChosen} />
      </div>
    </Dialog>
  );
}
