import { batch, signal, type Signal } from '@preact/signals';
import { ask as askServer, type ChatEvent } from '../api/chat';
import type { ChatQuestion, ChatQuestionMessage } from '../api/schema';
import { chat as words } from '../text/en/chat';
import { awaited, heard, resumed, stopped, underWay, type Answer } from './chatAnswer';
import { continuation, messages, type Exchange } from './chatHistory';

/** One question, and the answer of each pane. An answer is a signal of its own: while it grows nothing else is drawn. */
export interface Turn {
  readonly id: number;
  readonly question: string;
  readonly answers: ReadonlyMap<number, Signal<Answer>>;
}

/** Whom a pane asks, and with what. */
export interface Addressee {
  readonly pane: number;
  readonly model: string;
  readonly label: string;
  readonly parameters: Record<string, unknown>;
}

export interface Surroundings {
  readonly ask?: typeof askServer;
  readonly now?: () => number;
  /** Calls back when it is time to draw. */
  readonly frame?: (draw: () => void) => void;
}

/** More than that is not drawn side by side. */
export const PANES = 3;

export type Conversation = ReturnType<typeof conversation>;

/** What was asked and answered, and what is being answered now. */
export function conversation({ ask = askServer, now = Date.now, frame = nextFrame }: Surroundings = {}) {
  const turns = signal<readonly Turn[]>([]);
  /** How many answers are under way. */
  const running = signal(0);
  const calls = new Map<Signal<Answer>, AbortController>();
  let ids = 0;

  function begin(answer: Signal<Answer>, question: ChatQuestion): void {
    const call = new AbortController();
    calls.set(answer, call);
    running.value = calls.size;
    const { tell, over } = told(answer, now, frame);
    void ask(question, { signal: call.signal, tell }).finally(() => {
      over();
      if (calls.get(answer) === call) {
        end(answer);
      }
    });
  }

  function end(answer: Signal<Answer>): void {
    calls.delete(answer);
    running.value = calls.size;
  }

  function halt(answer: Signal<Answer>): void {
    const call = calls.get(answer);
    if (call !== undefined) {
      call.abort();
      batch(() => {
        answer.value = stopped(answer.peek());
        end(answer);
      });
    }
  }

  function question(to: Addressee, told: ChatQuestionMessage[]): ChatQuestion {
    return { model: to.model, messages: told, parameters: to.parameters, stream: true };
  }

  function place(id: number): number {
    return turns.peek().findIndex((one) => one.id === id);
  }

  /** Asks all of them the same. */
  function send(text: string, system: string, all: readonly Addressee[]): void {
    const before = turns.peek().map(exchange);
    const answers = new Map(all.map((one) => [one.pane, signal(awaited(one.model, one.label))]));
    batch(() => {
      turns.value = [...turns.peek(), { id: ++ids, question: text, answers }];
      for (const one of all) {
        const answer = answers.get(one.pane);
        if (answer !== undefined) {
          begin(answer, question(one, messages(before, one.pane, text, system)));
        }
      }
    });
  }

  return {
    turns,
    running,
    send,

    /** Asks one pane again; what it said before is gone, as the person wants another answer. */
    retry(id: number, system: string, to: Addressee): void {
      const at = place(id);
      const turn = turns.peek()[at];
      if (turn === undefined) {
        return;
      }
      const told = messages(turns.peek().slice(0, at).map(exchange), to.pane, turn.question, system);
      const present = turn.answers.get(to.pane);
      if (present !== undefined) {
        halt(present);
        present.value = awaited(to.model, to.label);
        begin(present, question(to, told));
        return;
      }
      const answer = signal(awaited(to.model, to.label));
      const answers = new Map(turn.answers).set(to.pane, answer);
      turns.value = turns.peek().map((one) => (one.id === id ? { ...one, answers } : one));
      begin(answer, question(to, told));
    },

    /** Asks for the rest of an answer that broke off, and puts it behind what is there. */
    goOn(id: number, system: string, to: Addressee): void {
      const at = place(id);
      const turn = turns.peek()[at];
      const answer = turn?.answers.get(to.pane);
      if (turn === undefined || answer === undefined || underWay(answer.peek())) {
        return;
      }
      const asked = messages(turns.peek().slice(0, at).map(exchange), to.pane, turn.question, system);
      const told = continuation(asked, answer.peek().text, words.goOnPrompt);
      answer.value = resumed(answer.peek());
      begin(answer, question(to, told));
    },

    /** Asks something else in the place of a question; what followed it no longer follows from it. */
    edit(id: number, text: string, system: string, all: readonly Addressee[]): void {
      const at = place(id);
      if (at < 0) {
        return;
      }
      batch(() => {
        turns
          .peek()
          .slice(at)
          .forEach((one) => one.answers.forEach(halt));
        turns.value = turns.peek().slice(0, at);
        send(text, system, all);
      });
    },

    stop(): void {
      [...calls.keys()].forEach(halt);
    },

    halt,

    clear(): void {
      [...calls.keys()].forEach(halt);
      turns.value = [];
    },

    /** Takes up what was kept. */
    restore(kept: readonly Exchange[]): void {
      turns.value = kept.map((one) => ({
        id: ++ids,
        question: one.question,
        answers: new Map([...one.answers].map(([pane, answer]) => [pane, signal(answer)])),
      }));
    },
  };
}

export function exchange(turn: Turn): Exchange {
  return {
    question: turn.question,
    answers: new Map([...turn.answers].map(([pane, answer]) => [pane, answer.peek()])),
  };
}

/** Text is drawn once a frame, however fast it comes; an end is drawn at once. */
function told(answer: Signal<Answer>, now: () => number, frame: (draw: () => void) => void) {
  let waiting: ChatEvent[] = [];
  let over = false;
  const draw = (): void => {
    const events = waiting;
    waiting = [];
    if (events.length > 0) {
      answer.value = joined(events).reduce((so, event) => heard(so, event, now()), answer.peek());
    }
  };
  return {
    tell(event: ChatEvent): void {
      if (over) {
        return;
      }
      waiting.push(event);
      if (event.kind !== 'text' && event.kind !== 'reasoning' && event.kind !== 'start') {
        draw();
      } else if (waiting.length === 1) {
        frame(draw);
      }
    },
    over(): void {
      draw();
      over = true;
    },
  };
}

/** A thousand words of one frame are one text. */
function joined(events: readonly ChatEvent[]): ChatEvent[] {
  const all: ChatEvent[] = [];
  for (const event of events) {
    const last = all.at(-1);
    if ((event.kind === 'text' || event.kind === 'reasoning') && last?.kind === event.kind) {
      all[all.length - 1] = { kind: event.kind, text: last.text + event.text };
    } else {
      all.push(event);
    }
  }
  return all;
}

/** A page in the background gets no frames, and its answers grow all the same. */
function nextFrame(draw: () => void): void {
  if (document.visibilityState === 'visible') {
    requestAnimationFrame(draw);
  } else {
    setTimeout(draw, 250);
  }
}
