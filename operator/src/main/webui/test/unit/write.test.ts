import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../../src/api/problem';
import type { Impact } from '../../src/api/schema';
import { change, selecting } from '../../src/state/write';
import { fakeServer } from './fake';

const IMPACT: Impact = {
  dryRun: true,
  object: {},
  changes: [],
  restarts: 5,
  hotSwitches: 0,
  agents: [],
  truncated: false,
  warnings: [],
};

const REFUSED = Problem.own('UnexpectedAnswer', 'No.', 'Again.');

function staged(answers: { look?: (force: boolean) => Impact; write?: (force: boolean) => string }) {
  const done: string[] = [];
  const made = change<string>({
    look: async (_, force) => (answers.look ?? (() => IMPACT))(force),
    write: async (force) => (answers.write ?? (() => 'saved'))(force),
    done: (answer) => done.push(answer),
  });
  return { made, done };
}

describe('a change that shows what it does', () => {
  it('writes nothing before that was seen', async () => {
    const { made, done } = staged({});
    await made.write();
    expect(done).toEqual([]);
    await made.look();
    expect(made.step.value).toEqual({ kind: 'shown', impact: IMPACT });
    await made.write();
    expect(done).toEqual(['saved']);
    await made.write();
    expect(done).toEqual(['saved']);
  });

  it('refused, can be looked at again', async () => {
    let works = false;
    const { made } = staged({
      look: () => {
        if (!works) {
          throw REFUSED;
        }
        return IMPACT;
      },
    });
    await made.look();
    expect(made.step.value).toEqual({ kind: 'refused', problem: REFUSED, impact: undefined });
    works = true;
    await made.look();
    expect(made.step.value.kind).toBe('shown');
  });

  it('refused while it is written, keeps what was shown', async () => {
    const { made, done } = staged({
      write: () => {
        throw REFUSED;
      },
    });
    await made.look();
    await made.write();
    expect(made.step.value).toEqual({ kind: 'refused', problem: REFUSED, impact: IMPACT });
    expect(done).toEqual([]);
  });

  it('takes fields of others over only when it is told to', async () => {
    const forced: boolean[] = [];
    const { made } = staged({
      look: (force) => {
        forced.push(force);
        return IMPACT;
      },
      write: (force) => {
        forced.push(force);
        return '';
      },
    });
    await made.look();
    await made.takeOver();
    await made.write();
    expect(forced).toEqual([false, true, true]);
  });

  it('shows the last look, whichever answers first', async () => {
    const answers: ((impact: Impact) => void)[] = [];
    const made = change<void>({
      look: () => new Promise((resolve) => answers.push(resolve)),
      write: async () => undefined,
      done: () => undefined,
    });
    const first = made.look();
    const second = made.look();
    answers[1]?.({ ...IMPACT, restarts: 2 });
    answers[0]?.({ ...IMPACT, restarts: 1 });
    await Promise.all([first, second]);
    expect(made.step.value).toMatchObject({ kind: 'shown', impact: { restarts: 2 } });
    made.leave();
  });
});

describe('a new default', () => {
  it('is looked at and then made, and takes fields over only when asked', async () => {
    const { fetching, heard } = fakeServer(() => ({ body: { ...IMPACT, id: 'agents.support' } }));
    vi.stubGlobal('fetch', fetching);
    const { look, write } = selecting('agents.support', { parameters: { temperature: 0.2 } });
    await look(new AbortController().signal, false);
    await write(true);
    vi.unstubAllGlobals();
    expect(heard.map(({ method, url, body }) => [method, url.replace(/^.*\/api/, ''), body])).toEqual([
      ['POST', '/config/models/agents.support/select?dryRun=true', '{"parameters":{"temperature":0.2}}'],
      ['POST', '/config/models/agents.support/select?force=true', '{"parameters":{"temperature":0.2}}'],
    ]);
  });
});
