import { useEffect, useRef, useState } from 'preact/hooks';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { Dialog, Drawer } from '../../parts/Dialog';
import { later } from '../../parts/later';
import { Menu } from '../../parts/Menu';
import { Screen } from '../../parts/Screen';
import { route, go, to } from '../../routes';
import { PANES } from '../../state/chat';
import { words as countWords } from '../../state/chatFormat';
import {
  addPane,
  addressees,
  changePane,
  clear,
  followDetails,
  followKept,
  offerOf,
  openKept,
  panes,
  system,
  talk,
  type Pane,
} from '../../state/chatPage';
import { choices, followChoices, loadChoices, shown } from '../../state/choices';
import { keyRing, session } from '../../state/session';
import { shell, states } from '../../text/en';
import { chat as words } from '../../text/en/chat';
import { Composer } from './Composer';
import { Context } from './Context';
import { Panel } from './Panel';
import { NoModel, Start } from './Start';
import { Thread } from './Thread';
import { useNarrow, useStuckToEnd } from './view';
import './chat.css';

type Open = 'code' | 'clear' | 'settings' | { readonly save: Pane } | undefined;

const CodeDialog = later(async () => (await import('./CodeDialog')).CodeDialog);
const SaveDialog = later(async () => (await import('./SaveDialog')).SaveDialog);

/** By how many answers stand side by side. */
const WIDTHS: Readonly<Record<number, string>> = { 2: ' wide', 3: ' widest' };

export default function Chat() {
  const [open, setOpen] = useState<Open>(undefined);
  const narrow = useNarrow('(max-width: 1099px)');
  useFollowing();
  useWantedModel();
  useEscape();
  const state = shown.value;
  const none = state.kind === 'empty' && talk.turns.value.length === 0;
  const off = keyRing.value
    ? choices.value.length === 0 || panes.value.some((pane) => offerOf(pane) === undefined)
      ? words.composer.noModel
      : undefined
    : shell.noKeyRing;
  const width = Math.max(panes.value.length, ...talk.turns.value.map((turn) => turn.answers.size));
  const first = panes.value[0];
  const close = (): void => setOpen(undefined);
  const panel = <Panel onSave={(pane) => setOpen({ save: pane })} />;
  return (
    <Screen
      title={shell.screens.chat}
      actions={<Actions narrow={narrow} onOpen={setOpen} />}
      state={state.kind === 'loading' && talk.turns.value.length > 0 ? { kind: 'ready' } : state}
      retry={() => void loadChoices()}
      empty={none ? <NoModel /> : undefined}
      above={keyRing.value ? undefined : <Banner tone="warn" title={shell.noKeyRing} />}
    >
      <div class="chat">
        <div class={`chat-main${WIDTHS[width] ?? ''}`}>
          {talk.turns.value.length === 0 ? <Start /> : <Thread off={off} />}
          <Bottom off={off} />
        </div>
        {!narrow && (
          <aside class="chat-panel" aria-label={words.settings}>
            {panel}
          </aside>
        )}
      </div>
      <Told />
      {open === 'settings' && narrow && (
        <Drawer title={words.settings} onClose={close}>
          {panel}
        </Drawer>
      )}
      {open === 'code' && first !== undefined && <CodeDialog pane={first} onClose={close} />}
      {typeof open === 'object' && <SaveDialog pane={open.save} onClose={close} />}
      {open === 'clear' && <ClearDialog onClose={close} />}
    </Screen>
  );
}

function Actions({ narrow, onOpen }: { readonly narrow: boolean; readonly onOpen: (open: Open) => void }) {
  const full = panes.value.length >= PANES ? words.compareMost : undefined;
  const single = choices.value.length === 0 ? words.compareOne : undefined;
  const empty = talk.turns.value.length === 0 ? words.nothingToClear : undefined;
  const compare = (): void => {
    const taken = panes.value.map((pane) => offerOf(pane)?.id);
    addPane(choices.value.find((one) => !taken.includes(one.id))?.id ?? taken[0]);
    if (narrow) {
      onOpen('settings');
    }
  };
  const off = choices.value.length === 0 ? words.composer.noModel : undefined;
  return (
    <>
      {narrow ? (
        <Menu
          label={states.more}
          items={[
            { label: words.compare, run: compare, off: full ?? single },
            { label: words.getCode, run: () => onOpen('code'), off },
            { label: words.clear, run: () => onOpen('clear'), off: empty },
          ]}
        />
      ) : (
        <>
          <Button small icon="plus" off={full ?? single} onClick={compare}>
            {words.compare}
          </Button>
          <Button small off={off} onClick={() => onOpen('code')}>
            {words.getCode}
          </Button>
          <Button small off={empty} onClick={() => onOpen('clear')}>
            {words.clear}
          </Button>
        </>
      )}
      {narrow && (
        <Button small icon="configs" onClick={() => onOpen('settings')}>
          {words.settings}
        </Button>
      )}
    </>
  );
}

/** Stays at the bottom of the window, below whatever was said. */
function Bottom({ off }: { readonly off: string | undefined }) {
  const end = useRef<HTMLDivElement>(null);
  const { toEnd } = useStuckToEnd(end);
  return (
    <>
      <div ref={end} class="thread-end" />
      <div class="chat-bottom">
        <Composer
          count={panes.value.length}
          off={off}
          onSend={(text) => {
            talk.send(text, system.peek(), addressees());
            toEnd();
          }}
        />
        <Context />
      </div>
    </>
  );
}

/** Says once that an answer is on its way, and once that it is there. */
function Told() {
  const busy = talk.running.value > 0;
  const before = useRef(busy);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (before.current === busy) {
      return;
    }
    before.current = busy;
    const answers = [...(talk.turns.peek().at(-1)?.answers.values() ?? [])].map((one) => one.peek());
    const done = answers.filter((one) => one.phase === 'done');
    if (busy) {
      setSaid(words.said.answering);
    } else if (answers.some((one) => one.phase === 'stopped')) {
      setSaid(words.said.stopped);
    } else if (done.length > 1) {
      setSaid(words.said.completeAll(done.length));
    } else {
      // What went wrong is an alert of its own.
      setSaid(done[0] === undefined ? '' : words.said.complete(countWords(done[0].text)));
    }
  }, [busy]);
  return (
    <p class="spoken" role="status">
      {said}
    </p>
  );
}

function ClearDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog
      title={words.clearTitle}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Button
            kind="danger"
            onClick={() => {
              clear();
              onClose();
            }}
          >
            {words.clear}
          </Button>
        </>
      }
    >
      <p>{words.clearBody}</p>
    </Dialog>
  );
}

function useFollowing(): void {
  const now = session.value;
  const user = now.kind === 'in' ? now.user : undefined;
  useEffect(() => {
    followChoices();
    const ends = [followDetails(), followKept()];
    return () => ends.forEach((end) => end());
  }, []);
  useEffect(() => {
    if (user !== undefined) {
      openKept(user);
    }
  }, [user]);
}

/** `#/chat?model=…` comes from where a model was looked at. */
function useWantedModel(): void {
  const wanted = route.value.query['model'];
  useEffect(() => {
    const first = panes.peek()[0];
    if (wanted !== undefined && first !== undefined) {
      changePane(first.id, { model: wanted });
      go(to('chat'), true);
    }
  }, [wanted]);
}

/** Escape stops, unless it closes something that lies over the chat. */
function useEscape(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const covered = document.querySelector('dialog[open], [popover]:popover-open:not([hidden])') !== null;
      if (event.key === 'Escape' && !event.defaultPrevented && !covered) {
        talk.stop();
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

