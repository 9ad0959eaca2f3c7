import { describe, expect, it, vi } from 'vitest';
import { apiUrl, left, type Age } from '../../src/api/client';
import { Problem, toProblem } from '../../src/api/problem';
import { asProblem, fakeServer, PROBLEM } from './fake';

const page = { items: [], total: 0, stale: false };

async function thrown(promise: Promise<unknown>): Promise<Problem> {
  return promise.then(
    () => Promise.reject(new Error('nothing was thrown')),
    (error: Problem) => error,
  );
}

describe('addresses', () => {
  it('are relative to the page, below any path', () => {
    expect(apiUrl('/session', {}, 'https://llm.example/tools/llm/#/keys')).toBe('https://llm.example/tools/llm/api/session');
  });

  it('repeat a parameter for each of several values, and leave out what is undefined', () => {
    const url = apiUrl('/agents', { namespace: ['a', 'b'], q: undefined, limit: 5 }, 'http://x/');
    expect(url).toBe('http://x/api/agents?namespace=a&namespace=b&limit=5');
  });

  it('hold ids whose signs would mean something else', async () => {
    const { client, heard } = fakeServer(() => ({ body: {} }));
    await client.call('GET /config/api-keys/{id}', { path: { id: 'a.key:openai~2Fgpt' } });
    expect(heard[0]?.url).toMatch(/\/api\/config\/api-keys\/a\.key%3Aopenai~2Fgpt$/);
  });
});

describe('requests', () => {
  it('that change something carry the mark against other sites', async () => {
    const { client, heard } = fakeServer(() => ({ status: 204 }));
    await client.call('POST /session', { body: { token: 't' } });
    expect(heard[0]?.headers['x-llmconfig-csrf']).toBe('1');
    expect(heard[0]?.headers['Content-Type']).toBe('application/json');
    expect(heard[0]?.body).toBe('{"token":"t"}');
  });

  it('that only read do not', async () => {
    const { client, heard } = fakeServer(() => ({ body: page }));
    await client.call('GET /agents', {});
    expect(heard[0]?.headers['x-llmconfig-csrf']).toBeUndefined();
  });

  it('name the state that was seen', async () => {
    const { client, heard } = fakeServer(() => ({ body: {}, headers: { etag: '"u.2.9"' } }));
    const answer = await client.call('PATCH /config/api-keys/{id}', { path: { id: 'a.k' }, body: {}, ifMatch: '"u.1.7"' });
    expect(heard[0]?.headers['If-Match']).toBe('"u.1.7"');
    expect(answer.etag).toBe('"u.2.9"');
  });

  it('ask for a generation that another replica has shown', async () => {
    const { client, heard } = fakeServer(() => ({ body: {}, headers: { 'x-llmconfig-mirror': 'behind' } }));
    const answer = await client.call('GET /config/api-keys/{id}', { path: { id: 'a.k' }, query: { minGeneration: 4 } });
    expect(heard[0]?.url).toContain('minGeneration=4');
    expect(answer.age.behind).toBe(true);
  });

  it('for a preview or YAML change nothing', async () => {
    const { client, heard } = fakeServer(() => ({ body: 'kind: X\n', headers: { 'content-type': 'application/yaml' } }));
    const { body } = await client.yaml('DELETE /config/api-keys/{id}', { path: { id: 'a.k' } });
    expect(body).toBe('kind: X\n');
    expect(heard[0]?.url).toContain('dryRun=true');
    expect(heard[0]?.headers['Accept']).toBe('application/yaml');
  });

  it('for YAML of what is there are no dry run', async () => {
    const { client, heard } = fakeServer(() => ({ body: 'x', headers: { 'content-type': 'application/yaml' } }));
    await client.yaml('GET /config/api-keys/{id}', { path: { id: 'a.k' } });
    expect(heard[0]?.url).not.toContain('dryRun');
  });
});

describe('the age of an answer', () => {
  it('is told', async () => {
    const { client } = fakeServer(() => ({
      body: page,
      headers: { 'x-llmconfig-mirror-age': '42', 'x-llmconfig-stale': 'true' },
    }));
    const ages: Age[] = [];
    client.onAge = (age) => ages.push(age);
    await client.call('GET /agents', {});
    expect(ages).toEqual([{ stale: true, seconds: 42, behind: false }]);
  });

  it('is not told by answers that have none', async () => {
    const { client } = fakeServer(() => ({ body: { signedIn: false, loginMethods: [] } }));
    client.onAge = () => expect.unreachable();
    await client.call('GET /session', {});
  });
});

describe('a refusal', () => {
  it('is a problem with all that it says', async () => {
    const { client } = fakeServer(() => ({ status: 403, body: PROBLEM, headers: asProblem }));
    const problem = await thrown(client.call('GET /agents', {}));
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ reason: 'Forbidden', action: PROBLEM.action, requestId: 'r-1', forbidden: true });
    expect(problem.extras.verb).toBe('list');
  });

  it('tells each field what is wrong with it, and when to try again', async () => {
    const problems = [{ field: 'name', reason: 'Invalid', message: 'Too long.' }];
    const { client } = fakeServer(() => ({
      status: 429,
      body: { ...PROBLEM, status: 429, problems },
      headers: { ...asProblem, 'retry-after': '7' },
    }));
    const problem = await thrown(client.call('GET /agents', {}));
    expect(problem.of('name')).toBe('Too long.');
    expect(problem.of('key')).toBeUndefined();
    expect(problem.retryAfterSeconds).toBe(7);
  });

  it('is told to the session, which knows what it means', async () => {
    const { client } = fakeServer(() => ({ status: 401, body: { ...PROBLEM, status: 401, reason: 'SessionExpired' }, headers: asProblem }));
    const told = vi.fn();
    client.onRefused = told;
    const problem = await thrown(client.call('GET /agents', {}));
    expect(told.mock.calls).toEqual([[problem]]);
  });

  it('that comes late, for a session that has ended, does not end the next one', async () => {
    const { client } = fakeServer(() => ({ status: 401, body: { ...PROBLEM, status: 401, reason: 'SessionExpired' }, headers: asProblem }));
    const told = vi.fn();
    client.onRefused = told;
    const late = thrown(client.call('GET /agents', {}));
    client.beginsAnew();
    await late;
    expect(told).not.toHaveBeenCalled();
    await thrown(client.call('GET /agents', {}));
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('by something in between is told apart', async () => {
    const { client } = fakeServer(() => ({ status: 502, body: '<html>', headers: { 'content-type': 'text/html' } }));
    expect(await thrown(client.call('GET /agents', {}))).toMatchObject({ reason: 'UnexpectedAnswer', status: 502 });
  });

  it('that is cut off is told apart, too', async () => {
    const { client } = fakeServer(() => ({ status: 500, body: '{"reas', headers: asProblem }));
    expect(await thrown(client.call('GET /agents', {}))).toMatchObject({ reason: 'UnexpectedAnswer', status: 500 });
  });
});

describe('waiting', () => {
  it('ends by its limit, and says so', async () => {
    const { client } = fakeServer(() => new Promise(() => {}));
    expect(await thrown(client.call('GET /agents', { limitMs: 10 }))).toMatchObject({ reason: 'TimedOut' });
  });

  it('ends without a problem when nobody wants the answer', async () => {
    const { client } = fakeServer(() => new Promise(() => {}));
    const own = new AbortController();
    const waiting = thrown(client.call('GET /agents', { signal: own.signal }));
    own.abort();
    expect(left(await waiting)).toBe(true);
  });

  it('ends at once when nobody is there', async () => {
    const { client } = fakeServer(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await thrown(client.call('GET /agents', {}))).toMatchObject({ reason: 'Unreachable' });
  });

  it('is no problem of its own when it was one before', () => {
    const problem = Problem.own('TimedOut', 'a', 'b');
    expect(toProblem(problem)).toBe(problem);
  });
});
