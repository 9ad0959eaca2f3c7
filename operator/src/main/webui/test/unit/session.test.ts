import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { asProblem, fakeServer, PROBLEM, type Heard, type Told } from './fake';

const IN = { signedIn: true, user: 'jane', groups: [], mode: 'Cluster', loginMethods: ['Token'], features: { gateway: false, keyRing: false } };
const OUT = { signedIn: false, loginMethods: ['Token', 'OneTimeUrl'] };
const rows = (...items: unknown[]) => ({ items, total: items.length, stale: false });

let inside = false;
let heard: Heard[] = [];
let extra: (heard: Heard) => Told | undefined = () => undefined;

function answer(one: Heard): Told | Promise<Told> {
  const told = extra(one);
  if (told !== undefined) {
    return told;
  }
  const path = new URL(one.url).pathname;
  if (path === '/api/session') {
    if (one.method === 'POST') {
      inside = one.body?.includes('good') ?? false;
      return inside ? { status: 204 } : { status: 401, body: { ...PROBLEM, status: 401, reason: 'TokenRejected' }, headers: asProblem };
    }
    return { body: inside ? IN : OUT };
  }
  if (path === '/api/events') {
    return new Promise(() => {});
  }
  if (path === '/api/permissions') {
    return { body: { allowed: { apikeyconfigs: ['list', 'create'] }, incomplete: false } };
  }
  if (path === '/api/namespaces') {
    return { body: rows({ name: 'agents', keys: 1, configs: 0, agents: 0, watched: true }) };
  }
  if (path === '/api/config/api-keys') {
    return { body: rows({ id: 'agents.k', namespace: 'agents', rv: '1' }) };
  }
  return { body: rows() };
}

async function fresh() {
  vi.resetModules();
  const server = fakeServer(answer);
  heard = server.heard;
  vi.stubGlobal('fetch', server.fetching);
  const state = await import('../../src/state/session');
  const stores = await import('../../src/state/stores');
  const ui = await import('../../src/state/ui');
  const permissions = await import('../../src/state/permissions');
  const namespaces = await import('../../src/state/namespaces');
  return { ...state, ...stores, ui, permissions, namespaces };
}

async function until(true_: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !true_(); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(true_()).toBe(true);
}

beforeEach(() => {
  inside = false;
  extra = () => undefined;
  localStorage.clear();
  location.hash = '';
});

afterEach(() => vi.unstubAllGlobals());

describe('beginning', () => {
  it('asks who one is, and shows the login to whom nobody knows', async () => {
    const page = await fresh();
    await page.begin();
    expect(page.session.value).toMatchObject({ kind: 'out', was: false, ways: ['Token', 'OneTimeUrl'] });
    expect(heard.map((one) => one.method)).toEqual(['GET']);
  });

  it('uses a one-time token up, and takes it out of the address before it is sent', async () => {
    const page = await fresh();
    let atPost = 'not sent';
    extra = (one) => {
      if (one.method === 'POST') {
        atPost = location.hash;
      }
      return undefined;
    };
    location.hash = '#login=good-token';
    await page.begin();
    expect(page.session.value).toMatchObject({ kind: 'in', user: 'jane' });
    expect(atPost).toBe('');
    expect(location.href).not.toContain('good-token');
    expect(page.keyRing.value).toBe(false);
    expect(page.standalone.value).toBe(false);
  });

  it('says that a one-time token was used before', async () => {
    const page = await fresh();
    location.hash = '#login=old';
    await page.begin();
    expect(page.session.value).toMatchObject({ kind: 'out', why: { reason: 'TokenRejected' } });
  });

  it('stays signed in with an old address', async () => {
    const page = await fresh();
    inside = true;
    extra = (one) => (one.method === 'POST' ? { status: 401, body: { ...PROBLEM, status: 401 }, headers: asProblem } : undefined);
    location.hash = '#login=old';
    await page.begin();
    expect(page.session.value.kind).toBe('in');
  });

  it('says that nobody answers', async () => {
    const page = await fresh();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no')));
    await page.begin();
    expect(page.session.value).toMatchObject({ kind: 'unreachable', problem: { reason: 'Unreachable' } });
  });
});

describe('a session', () => {
  it('opens the lists of the namespace one looked at', async () => {
    localStorage.setItem('llmconfig.namespace', 'agents');
    const page = await fresh();
    inside = true;
    await page.begin();
    await until(() => page.keys.ids.value.length === 1);
    expect(heard.some((one) => one.url.endsWith('/api/config/api-keys?namespace=agents&limit=500'))).toBe(true);
    page.chooseNamespace('');
    await until(() => heard.some((one) => one.url.endsWith('/api/config/api-keys?limit=500')));
  });

  it('that ends leaves the page where it is, and goes on where it was', async () => {
    const page = await fresh();
    inside = true;
    await page.begin();
    await until(() => page.keys.ids.value.length === 1);
    extra = (one) => (one.url.includes('/agents?') ? { status: 401, body: { ...PROBLEM, status: 401, reason: 'SessionExpired' }, headers: asProblem } : undefined);
    await page.agents.refresh();
    expect(page.session.value).toMatchObject({ kind: 'out', was: true, why: { reason: 'SessionExpired' } });
    expect(page.keys.ids.value).toEqual(['agents.k']);
    extra = () => undefined;
    expect(await page.logIn('good')).toBeUndefined();
    expect(page.session.value.kind).toBe('in');
    expect(page.keys.ids.value).toEqual(['agents.k']);
  });

  it('says why a token was refused', async () => {
    const page = await fresh();
    expect(await page.logIn('bad')).toMatchObject({ reason: 'TokenRejected' });
  });
});

describe('what the stream tells', () => {
  it('is put where it belongs', async () => {
    const page = await fresh();
    inside = true;
    await page.begin();
    await until(() => page.keys.ids.value.length === 1);
    page.onTold({ event: 'upsert', kind: 'ApiKeyConfig', id: 'agents.n', item: { id: 'agents.n', namespace: 'agents', rv: '2' } });
    expect(page.keys.ids.value).toEqual(['agents.k', 'agents.n']);
    page.onTold({ event: 'delete', kind: 'ApiKeyConfig', id: 'agents.k' });
    expect(page.keys.ids.value).toEqual(['agents.n']);
    page.onTold({ event: 'link', up: true });
    page.onTold({ event: 'freshness', stale: true, syncedAt: '2026-11-21T12:00:00Z' });
    expect(page.ui.freshness.value).toMatchObject({ link: 'up', stale: true });
    expect(page.keys.shown.value.kind).toBe('stale');
    const before = heard.length;
    page.onTold({ event: 'refresh', kind: 'Agent' });
    page.onTold({ event: 'hello', resumed: false, stale: false });
    await until(() => heard.length >= before + 3);
    page.onTold({ event: 'bye', reason: 'NamespaceRequired' });
    inside = false;
    page.onTold({ event: 'bye', reason: 'TokenRejected' });
    await until(() => page.session.value.kind === 'out');
  });
});

describe('a list that failed', () => {
  it('is asked for again by itself', async () => {
    const page = await fresh();
    inside = true;
    extra = (one) => (one.url.includes('/api-keys') ? { status: 503, body: { ...PROBLEM, status: 503, reason: 'MirrorUnavailable' }, headers: asProblem } : undefined);
    await page.begin();
    await until(() => page.keys.shown.value.kind === 'error');
    extra = () => undefined;
    page.onTold({ event: 'hello', resumed: true, stale: false });
    await until(() => page.keys.ids.value.length === 1);
    const { now } = await import('../../src/state/clock');
    extra = (one) => (one.url.includes('/api-keys') ? { status: 503, body: { ...PROBLEM, status: 503 }, headers: asProblem } : undefined);
    await page.keys.refresh();
    expect(page.keys.shown.value).toMatchObject({ kind: 'error', rows: true });
    extra = () => undefined;
    now.value += 1;
    await until(() => page.keys.shown.value.kind === 'ready');
  });
});

describe('rights', () => {
  it('are a hint that is asked for once', async () => {
    const page = await fresh();
    inside = true;
    await page.begin();
    const { may, mayHere, forgetPermissions } = page.permissions;
    expect(may('create', 'apikeyconfigs', 'agents')).toBe(false);
    await until(() => may('create', 'apikeyconfigs', 'agents'));
    expect(may('delete', 'apikeyconfigs', 'agents')).toBe(false);
    await until(() => mayHere('create', 'apikeyconfigs'));
    expect(heard.filter((one) => one.url.includes('/permissions'))).toHaveLength(1);
    forgetPermissions();
    expect(may('create', 'apikeyconfigs', 'agents')).toBe(false);
  });

  it('that nobody can tell are not hidden', async () => {
    const page = await fresh();
    extra = (one) => (one.url.includes('/permissions') ? { status: 503, body: { ...PROBLEM, status: 503 }, headers: asProblem } : undefined);
    page.permissions.may('delete', 'modelconfigs', 'x');
    await until(() => page.permissions.may('delete', 'modelconfigs', 'x'));
  });
});

describe('the key ring of this replica', () => {
  it('is known to be gone when an answer says so, and to be back when the clock has moved', async () => {
    const page = await fresh();
    const { client } = await import('../../src/api/client');
    const { now } = await import('../../src/state/clock');
    inside = true;
    let ring = true;
    extra = (one) =>
      one.url.endsWith('/api/chat')
        ? { status: 503, body: { ...PROBLEM, status: 503, reason: 'KeyRingMissing' }, headers: asProblem }
        : one.url.endsWith('/api/session')
          ? { body: { ...IN, features: { gateway: false, keyRing: ring } } }
          : undefined;
    await page.begin();
    expect(page.keyRing.value).toBe(true);
    const listed = heard.length;
    ring = false;
    await expect(client.open('POST /chat', { body: { model: 'a.b', messages: [] } }, 'text/event-stream')).rejects.toThrow();
    await until(() => !page.keyRing.value);
    ring = true;
    now.value += 10_000;
    await until(() => page.keyRing.value);
    expect(heard.slice(listed).map((one) => one.url.replace(/^.*\/api/, ''))).toEqual(['/chat', '/session', '/session']);
  });
});

describe('namespaces', () => {
  const only = { name: 'agents', keys: 1, configs: 0, agents: 0, watched: true };

  it('are chosen for who has one alone, and left to who may have more', async () => {
    for (const [reach, items, chosen] of [
      ['Namespaces', [only], 'agents'],
      ['Cluster', [only], ''],
      ['Namespaces', [only, { ...only, name: 'tools' }], ''],
      ['Namespaces', [], ''],
      ['Namespaces', [{ ...only, watched: false }], ''],
    ] as const) {
      const page = await fresh();
      inside = true;
      extra = (one) => (one.url.includes('/namespaces') ? { body: { ...rows(...items), reach } } : undefined);
      await page.begin();
      await until(() => page.namespaces.namespaces.value.length === items.length && page.namespaces.everywhere.value === (reach === 'Cluster'));
      await until(() => page.ui.namespace.value === chosen);
    }
  });

  it('without objects are found by name', async () => {
    const page = await fresh();
    extra = (one) => (one.url.includes('name=empty') ? { body: rows({ name: 'empty', keys: 0, configs: 0, agents: 0, watched: true }) } : undefined);
    expect(await page.namespaces.findNamespace('empty')).toMatchObject({ name: 'empty' });
    expect(page.namespaces.namespaces.value.map((one) => one.name)).toEqual(['empty']);
    expect(await page.namespaces.findNamespace('none')).toBeUndefined();
  });

  it('are forgotten with the right to list them, and nothing is offered to who has none', async () => {
    const page = await fresh();
    expect(page.permissions.may('create', 'apikeyconfigs', '')).toBe(true);
    await page.namespaces.loadNamespaces();
    expect(page.namespaces.namespaces.value).toHaveLength(1);
    extra = (one) => (/namespaces|api-keys/.test(one.url) ? { status: 403, body: PROBLEM, headers: asProblem } : undefined);
    await page.namespaces.loadNamespaces();
    expect(page.namespaces.namespaces.value).toEqual([]);
    page.openNamespace('');
    await until(() => page.keys.shown.value.kind === 'forbidden');
    expect(page.permissions.may('create', 'apikeyconfigs', '')).toBe(false);
  });

  it('that cannot be listed say why', async () => {
    const page = await fresh();
    extra = () => ({ status: 400, body: { ...PROBLEM, status: 400, reason: 'NamespaceRequired' }, headers: asProblem });
    await page.namespaces.loadNamespaces();
    expect(page.namespaces.namespacesProblem.value).toMatchObject({ reason: 'NamespaceRequired' });
  });
});

describe('the page itself', () => {
  it('keeps what one prefers, and nothing else', async () => {
    const { ui } = await fresh();
    ui.keepPreferences();
    ui.theme.value = 'dark';
    ui.density.value = 'compact';
    ui.letterShortcuts.value = false;
    ui.namespace.value = 'agents';
    expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', density: 'compact' });
    expect({ ...localStorage }).toEqual({
      'llmconfig.theme': 'dark',
      'llmconfig.density': 'compact',
      'llmconfig.letters': 'off',
      'llmconfig.namespace': 'agents',
    });
    ui.theme.value = 'system';
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });

  it('says at most three things at a time', async () => {
    const { ui } = await fresh();
    for (const text of ['a', 'b', 'c', 'd']) {
      ui.say('ok', text);
    }
    expect(ui.toasts.value.map((one) => one.text)).toEqual(['b', 'c', 'd']);
    ui.dismiss(ui.toasts.value[0]?.id ?? 0);
    expect(ui.toasts.value.map((one) => one.text)).toEqual(['c', 'd']);
  });

  it('moves its clock for all at once', async () => {
    vi.useFakeTimers();
    const clock = await import('../../src/state/clock');
    const stop = clock.tick(1_000);
    const before = clock.now.value;
    vi.advanceTimersByTime(1_000);
    expect(clock.now.value).toBeGreaterThan(before);
    stop();
    vi.useRealTimers();
  });
});
