import { describe, expect, it } from 'vitest';
import { go, objectOf, parse, route, to, toObject } from '../../src/routes';

describe('a route', () => {
  it('names a screen and an object', () => {
    const one = parse('#/keys/agents/openai-team-a?tab=changes');
    expect(one).toEqual({ screen: 'keys', rest: ['agents', 'openai-team-a'], query: { tab: 'changes' } });
    expect(objectOf(one)).toBe('agents.openai-team-a');
  });

  it('is chat when it names nothing that is there', () => {
    expect(parse('').screen).toBe('chat');
    expect(parse('#/nowhere/else').screen).toBe('chat');
  });

  it('never holds a one-time token', () => {
    expect(parse('#login=secret')).toEqual({ screen: 'chat', rest: [], query: {} });
  });

  it.each(['agents.support', 'agents.key:openai~2Fgpt', 'a.b.c', 'ns.%zz /?#'])('leads back to the object %s', (id) => {
    expect(objectOf(parse(toObject('configs', id)))).toBe(id);
  });

  it('without a name names no object', () => {
    expect(objectOf(parse('#/keys/agents'))).toBeUndefined();
    expect(toObject('keys', 'nodot')).toBe('#/keys/nodot');
    expect(parse('#/keys/%E0%A4%A').rest).toEqual(['%E0%A4%A']);
  });

  it('can be replaced without a step in the history', () => {
    go(to('status', [], { a: 'b' }), true);
    expect(route.value).toEqual({ screen: 'status', rest: [], query: { a: 'b' } });
  });
});
