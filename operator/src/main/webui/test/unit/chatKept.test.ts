import { describe, expect, it } from 'vitest';
import { awaited, type Answer } from '../../src/state/chatAnswer';
import { kept } from '../../src/state/chatKept';

function memory(): Storage {
  const all = new Map<string, string>();
  return {
    getItem: (name: string) => all.get(name) ?? null,
    setItem: (name: string, value: string) => void all.set(name, value),
    removeItem: (name: string) => void all.delete(name),
    clear: () => all.clear(),
    key: (at: number) => [...all.keys()][at] ?? null,
    get length() {
      return all.size;
    },
  };
}

const ANSWER: Answer = {
  ...awaited('a.b', 'B'),
  phase: 'done',
  text: 'hello',
  usage: { input: 1 },
  finish: 'Stop',
  ttftMs: 1,
  totalMs: 2,
  cost: '0.1',
};

const ONE = { question: 'hi', answers: new Map([[0, ANSWER]]) };

describe('kept conversations', () => {
  it('are read as they were written', () => {
    const storage = memory();
    const mine = kept('jane', '/', () => storage);
    expect(mine.wanted()).toBe(false);
    expect(mine.save([ONE])).toBe(true);
    expect(mine.wanted()).toBe(true);
    expect(mine.load()).toEqual([ONE]);
  });

  it('are those of one user and one address', () => {
    const storage = memory();
    kept('jane', '/', () => storage).save([ONE]);
    expect(kept('joe', '/', () => storage).load()).toEqual([]);
    expect(kept('jane', '/llm/', () => storage).wanted()).toBe(false);
  });

  it('leave nothing behind once forgotten', () => {
    const storage = memory();
    const mine = kept('jane', '/', () => storage);
    mine.save([ONE]);
    mine.forget();
    expect(storage.length).toBe(0);
  });

  it('call what was under way stopped, and wait for nothing', () => {
    const storage = memory();
    const mine = kept('jane', '/', () => storage);
    const answers = new Map<number, Answer>([
      [0, { ...ANSWER, phase: 'streaming' }],
      [1, { ...ANSWER, phase: 'failed', retryAt: 9, problem: { reason: 'R', detail: 'd', action: 'a' } }],
    ]);
    mine.save([{ question: 'q', answers }]);
    const [turn] = mine.load();
    expect(turn?.answers.get(0)?.phase).toBe('stopped');
    expect(turn?.answers.get(1)).toMatchObject({ phase: 'failed', problem: { detail: 'd' } });
    expect(turn?.answers.get(1)).not.toHaveProperty('retryAt');
  });

  it('lose the oldest where there are too many', () => {
    const storage = memory();
    const mine = kept('jane', '/', () => storage);
    const long = (name: string) => ({ question: name + 'x'.repeat(400_000), answers: new Map() });
    mine.save([long('a'), long('b'), long('c')]);
    expect(mine.load().map((one) => one.question[0])).toEqual(['b', 'c']);
  });

  it('say so when the browser has no room, or keeps nothing at all', () => {
    const full = { ...memory(), setItem: () => { throw new DOMException('full', 'QuotaExceededError'); } } as Storage;
    expect(kept('jane', '/', () => full).save([ONE])).toBe(false);
    const none = kept('jane', '/', () => { throw new DOMException('no', 'SecurityError'); });
    expect([none.wanted(), none.load(), none.save([ONE])]).toEqual([false, [], false]);
    none.forget();
  });

  it.each([
    'nonsense',
    'null',
    '[]',
    '{"form":2,"turns":[]}',
    '{"form":1,"turns":{}}',
    '{"form":1,"turns":[null,{"question":1},{"question":"q"}]}',
  ])('leave out what does not fit: %s', (text) => {
    const storage = memory();
    storage.setItem('llmconfig.chat:/:jane', text);
    expect(kept('jane', '/', () => storage).load()).toEqual([]);
  });

  it('leave out answers that are none', () => {
    const storage = memory();
    const good = { ...ANSWER, dropped: [1, { sentence: 's' }], usage: { input: 'x', output: 2 } };
    const answers = [[0, { text: 1 }], ['x', ANSWER], [1, { ...ANSWER, phase: 'dancing' }], 7, [2, good]];
    storage.setItem('llmconfig.chat:/:jane', JSON.stringify({ form: 1, turns: [{ question: 'q', answers }] }));
    const [turn] = kept('jane', '/', () => storage).load();
    expect([...(turn?.answers.keys() ?? [])]).toEqual([2]);
    expect(turn?.answers.get(2)).toMatchObject({ dropped: [{ sentence: 's' }], usage: { output: 2 } });
  });
});
