import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { draft, talk } from '../../state/chatPage';
import { chat as words } from '../../text/en/chat';

export interface ComposerProps {
  /** How many are asked. */
  readonly count: number;
  /** Why nothing can be sent now. */
  readonly off: string | undefined;
  readonly onSend: (text: string) => void;
}

/** Where questions are written. What is written stays until it is sent. */
export function Composer({ count, off, onSend }: ComposerProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const text = draft.value;
  const busy = talk.running.value > 0;
  const send = (): void => {
    // As it is now: Enter may come before what was typed last is drawn.
    const now = draft.peek();
    if (whyNot(off, talk.running.peek() > 0, now) === undefined) {
      draft.value = '';
      onSend(now);
      area.current?.focus();
    }
  };
  useEffect(() => {
    const box = area.current;
    if (box !== null) {
      // As high as what is written, up to a third of the window.
      box.style.height = 'auto';
      box.style.height = `${Math.min(box.scrollHeight + 2, innerHeight / 3)}px`;
    }
  }, [text]);
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={area}
        class="composer-text"
        rows={2}
        dir="auto"
        aria-label={words.composer.label}
        aria-describedby="composer-hint"
        placeholder={words.composer.placeholder}
        value={text}
        onInput={(event) => {
          draft.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          // While a word is put together of signs, Enter ends the word.
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            send();
          }
        }}
      />
      <div class="row composer-foot">
        <span id="composer-hint" class="label grow">
          {off ?? words.composer.hint}
        </span>
        {busy ? (
          <Button icon="stop" onClick={() => talk.stop()}>
            {words.composer.stop}
          </Button>
        ) : (
          <Button kind="accent" type="submit" icon="arrow" off={whyNot(off, busy, text)}>
            {count > 1 ? words.composer.sendAll(count) : words.composer.send}
          </Button>
        )}
      </div>
    </form>
  );
}

function whyNot(off: string | undefined, busy: boolean, text: string): string | undefined {
  return off ?? (busy ? words.composer.busy : text.trim() === '' ? words.composer.empty : undefined);
}
