import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Button, IconButton } from '../../parts/Button';
import { writeText } from '../../parts/Copy';
import { chat as words } from '../../text/en/chat';

export interface QuestionProps {
  readonly text: string;
  /** Whether something comes after it, that asking anew would replace. */
  readonly followed: boolean;
  readonly off: string | undefined;
  readonly onAsk: (text: string) => void;
}

export function Question({ text, followed, off, onAsk }: QuestionProps) {
  const heading = useId();
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const [copied, setCopied] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const article = useRef<HTMLElement>(null);
  const editing = draft !== undefined;
  useEffect(() => {
    if (editing) {
      area.current?.focus();
    }
  }, [editing]);
  const leave = (): void => {
    setDraft(undefined);
    // The field is gone, and the focus must be somewhere.
    article.current?.querySelector('button')?.focus();
  };
  const ask = (): void => {
    if (draft !== undefined && draft.trim() !== '' && off === undefined) {
      setDraft(undefined);
      onAsk(draft);
    }
  };
  return (
    <article ref={article} class="question" aria-labelledby={heading}>
      <h2 id={heading} class="spoken">
        {words.you}
      </h2>
      {draft === undefined ? (
        <>
          <div class="question-text wrap" dir="auto">
            {text}
          </div>
          <div class="question-actions">
            <IconButton icon="edit" label={words.editQuestion} onClick={() => setDraft(text)} />
            <IconButton
              icon={copied ? 'check' : 'copy'}
              label={copied ? words.markdown.copied : words.copyQuestion}
              onClick={async () => {
                setCopied(await writeText(text));
                setTimeout(() => setCopied(false), 2_000);
              }}
            />
          </div>
        </>
      ) : (
        <div class="stack tight grow">
          <textarea
            ref={area}
            class="input"
            dir="auto"
            rows={Math.min(12, draft.split('\n').length + 1)}
            aria-label={words.edit.label}
            value={draft}
            onInput={(event) => setDraft(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') {
                event.stopPropagation();
                leave();
              } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
                event.preventDefault();
                ask();
              }
            }}
          />
          <div class="row wrapping">
            <Button small kind="accent" off={draft.trim() === '' ? words.composer.empty : off} onClick={ask}>
              {words.edit.submit}
            </Button>
            <Button small onClick={leave}>
              {words.edit.cancel}
            </Button>
            {followed && <span class="label">{words.edit.note}</span>}
          </div>
        </div>
      )}
    </article>
  );
}
