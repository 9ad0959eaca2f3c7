import { describe, expect, it } from 'vitest';
import type { Asking, ChatEvent } from '../../src/api/chat';
import type { ChatQuestion, Choice } from '../../src/api/schema';
import { conversation } from '../../src/state/chat';
import { awaited, canGoOn, heard, stopped, waitLeft, type Answer } from '../../src/state/chatAnswer';
import { firstValue, parametersOf, supportOf } from '../../src/state/parameters';

/** A server that says what it is told to. */
function stage() {
  const calls: { question: ChatQuestion; asking: Asking; over: () => void }[] = [];
  const frames: (() => void)[] = [];
  let time = 1000;
  const talk = conversation({
    ask: (question, asking) =>
      new Promise<void>((over) => {
        calls.push({ question, asking, over });
        asking.signal.addEventListener('abort', () => over());
      }),
    now: () => time,
    frame: (draw) => frames.push(draw),
  });
  return {
    talk,
    calls,
    say: (call: number, ...events: ChatEvent[]) => events.forEach((event) => calls[call]?.asking.tell(event)),
    draw: () => frames.splice(0).forEach((one) => one()),
    frames,
    later: (ms: number) => (time += ms),
    answer: (turn: number, pane = 0): Answer | undefined => talk.turns.value[turn]?.answers.get(pane)?.value,
  };
}

const ME = { pane: 0, model: 'a.b', label: 'B', parameters: {} };
const START: ChatEvent = { kind: 'start', model: 'b', sent: {}, dropped: [] };
const DONE: ChatEvent = { kind: 'done', finish: 'Stop', totalMs: 5 };
const says = (text: string): ChatEvent => ({ kind: 'text', text });

describe('a conversation', () => {
  it('shows an answer as it comes, once a frame', async () => {
    const { talk, say, draw, frames, answer, calls } = stage();
    talk.send('hi', '', [ME]);
    say(0, START, says('he'), says('llo'));
    expect(frames).toHaveLength(1);
    expect(answer(0)?.text).toBe('');
    draw();
    expect(answer(0)).toMatchObject({ phase: 'streaming', text: 'hello' });
    say(0, says('!'), { kind: 'usage', usage: { input: 1, output: 2 } }, DONE);
    expect(answer(0)).toMatchObject({ phase: 'done', text: 'hello!', usage: { input: 1, output: 2 }, finish: 'Stop' });
    expect(talk.running.value).toBe(1);
    calls[0]?.over();
    await Promise.resolve();
    await Promise.resolve();
    expect(talk.running.value).toBe(0);
  });

  it('tells a model what went before, but for questions without an answer', () => {
    const { talk, say, calls } = stage();
    talk.send('one', 'be brief', [ME]);
    say(0, START, says('first'), DONE);
    talk.send('two', 'be brief', [ME]);
    say(1, { kind: 'offline' });
    talk.send('three', ' ', [ME]);
    expect(calls[2]?.question.messages).toEqual([
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'first' },
      { role: 'user', content: 'three' },
    ]);
    expect(calls[0]?.question.messages[0]).toEqual({ role: 'system', content: 'be brief' });
  });

  it('asks each pane with its own model and parameters, and one that fails does not disturb the others', () => {
    const { talk, say, answer, calls } = stage();
    talk.send('hi', '', [ME, { ...ME, pane: 1, model: 'a.c', parameters: { topP: 1 } }, { ...ME, pane: 2 }]);
    expect(calls.map((one) => one.question.model)).toEqual(['a.b', 'a.c', 'a.b']);
    expect(calls[1]?.question.parameters).toEqual({ topP: 1 });
    say(1, { kind: 'problem', problem: { reason: 'InvalidKey', detail: 'd', action: 'a' } });
    say(0, START, says('x'), DONE);
    say(2, START, says('y'), DONE);
    expect([0, 1, 2].map((pane) => answer(0, pane)?.phase)).toEqual(['done', 'failed', 'done']);
  });

  it('lets a new pane go on with what the first one heard', () => {
    const { talk, say, calls } = stage();
    talk.send('hi', '', [ME]);
    say(0, START, says('x'), DONE);
    talk.send('more', '', [{ ...ME, pane: 7 }]);
    expect(calls[1]?.question.messages.map((one) => one.content)).toEqual(['hi', 'x', 'more']);
  });

  it('stopped, keeps what has been said, ends the call and hears nothing more', () => {
    const { talk, say, draw, answer, calls } = stage();
    talk.send('hi', '', [ME]);
    say(0, START, says('half'));
    draw();
    talk.stop();
    expect(calls[0]?.asking.signal.aborted).toBe(true);
    say(0, says(' more'), DONE);
    draw();
    expect(answer(0)).toMatchObject({ phase: 'stopped', text: 'half' });
    expect(talk.running.value).toBe(0);
  });

  it('keeps what has been said when the stream is cut, and goes on from there', () => {
    const { talk, say, draw, answer, calls } = stage();
    talk.send('hi', '', [ME]);
    say(0, START, says('half'), { kind: 'cut' });
    expect(answer(0)).toMatchObject({ phase: 'cut', text: 'half' });
    talk.goOn(talk.turns.value[0]?.id ?? 0, '', ME);
    expect(calls[1]?.question.messages.slice(0, 2)).toEqual([
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: 'half' },
    ]);
    say(1, START, says(' and half'));
    draw();
    say(1, DONE);
    expect(answer(0)).toMatchObject({ phase: 'done', text: 'half and half' });
  });

  it('retries one answer, with another model if wanted', () => {
    const { talk, say, answer, calls } = stage();
    talk.send('hi', '', [ME]);
    say(0, START, says('bad'), DONE);
    talk.retry(talk.turns.value[0]?.id ?? 0, '', { ...ME, model: 'a.z', label: 'Z' });
    expect(calls[1]?.question).toMatchObject({ model: 'a.z', messages: [{ role: 'user', content: 'hi' }] });
    expect(answer(0)).toMatchObject({ label: 'Z', text: '', phase: 'waiting' });
    say(0, says('late'));
    expect(answer(0)?.text).toBe('');
  });

  it('asks something else in the place of a question, and forgets what followed', () => {
    const { talk, say, calls } = stage();
    talk.send('one', '', [ME]);
    say(0, START, says('1'), DONE);
    talk.send('two', '', [ME]);
    talk.edit(talk.turns.value[0]?.id ?? 0, 'uno', '', [ME]);
    expect(talk.turns.value.map((one) => one.question)).toEqual(['uno']);
    expect(calls[1]?.asking.signal.aborted).toBe(true);
    expect(calls[2]?.question.messages).toEqual([{ role: 'user', content: 'uno' }]);
  });

  it('cleared, ends what is under way', () => {
    const { talk, calls } = stage();
    talk.send('one', '', [ME]);
    talk.clear();
    expect(talk.turns.value).toEqual([]);
    expect(calls[0]?.asking.signal.aborted).toBe(true);
  });

  it('asks for nothing where there is nothing to go on from', () => {
    const { talk, calls } = stage();
    talk.retry(99, '', ME);
    talk.goOn(99, '', ME);
    talk.edit(99, 'x', '', [ME]);
    expect(calls).toEqual([]);
  });

  it('takes up what was kept', () => {
    const { talk, answer } = stage();
    talk.restore([{ question: 'q', answers: new Map([[0, stopped(awaited('m', 'M'))]]) }]);
    expect(answer(0)?.phase).toBe('stopped');
  });
});

describe('an answer', () => {
  const some = heard(heard(awaited('m', 'M'), START, 0), says('text'), 0);

  it('is to be asked again when the other side says so', () => {
    const problem = { reason: 'RateLimited', detail: 'd', action: 'a', retryAfterSeconds: 20 };
    const limited = heard(some, { kind: 'problem', problem }, 5000);
    expect(limited).toMatchObject({ phase: 'failed', text: 'text', retryAt: 25_000 });
    expect([5000, 5001, 24_001, 25_000, 99_000].map((now) => waitLeft(limited, now))).toEqual([20, 20, 1, 0, 0]);
    expect(waitLeft(some, 0)).toBe(0);
  });

  it('can go on where there is text and perhaps more of it', () => {
    expect(canGoOn(heard(some, { kind: 'cut' }, 0))).toBe(true);
    expect(canGoOn(heard(some, { ...DONE, finish: 'Length' } as ChatEvent, 0))).toBe(true);
    expect(canGoOn(heard(some, DONE, 0))).toBe(false);
    expect(canGoOn(heard(awaited('m', 'M'), { kind: 'cut' }, 0))).toBe(false);
    expect(canGoOn(heard(some, { ...DONE, finish: 'Filtered' } as ChatEvent, 0))).toBe(false);
  });

  it('hears nothing after its end', () => {
    const done = heard(some, DONE, 0);
    expect(heard(done, says('more'), 0)).toBe(done);
    expect(stopped(done)).toBe(done);
  });

  it('keeps thoughts apart from words', () => {
    expect(heard(some, { kind: 'reasoning', text: 'hm' }, 0)).toMatchObject({ text: 'text', reasoning: 'hm' });
  });
});

describe('the parameters of a question', () => {
  const choice: Choice = {
    configured: false,
    model: 'm',
    isDefault: false,
    capabilities: [],
    parameters: {
      temperature: { supported: false, sentence: 'M does not accept temperature.' },
      maxOutputTokens: { supported: true, min: 1, max: 2000 },
      reasoningEffort: { supported: true, values: ['Low', 'High'] },
    },
  };

  it('are those that are switched on, and that the model takes', () => {
    const wishes = {
      temperature: { send: true, value: 0.5 },
      topP: { send: false, value: 0.5 },
      maxOutputTokens: { send: true, value: 9999 },
      reasoningEffort: { send: true, value: 'Medium' },
      stopSequences: { send: true, value: [] },
    };
    expect(parametersOf(wishes, choice)).toEqual({ maxOutputTokens: 2000, reasoningEffort: 'Low' });
    expect(parametersOf(wishes, undefined)).toEqual({ temperature: 0.5, maxOutputTokens: 9999, reasoningEffort: 'Medium' });
    expect(parametersOf({}, choice)).toEqual({});
  });

  it('begin at a value that the model takes', () => {
    expect(firstValue('temperature', { supported: true, min: 0, max: 0.5 })).toBe(0.5);
    expect(firstValue('maxOutputTokens', supportOf(choice, 'maxOutputTokens'))).toBe(1024);
    expect(firstValue('reasoningEffort', supportOf(choice, 'reasoningEffort'))).toBe('Low');
    expect(firstValue('topP', { supported: true })).toBe(1);
    expect(firstValue('stopSequences', { supported: true })).toEqual([]);
  });
});
