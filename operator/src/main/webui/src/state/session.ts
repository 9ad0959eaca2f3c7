import { computed, signal } from '@preact/signals';
import { client } from '../api/client';
import { Feed, type Told } from '../api/events';
import { toProblem, type Problem } from '../api/problem';
import type { Session as SessionShape } from '../api/schema';
import { everywhere, loadNamespaces, namespaces } from './namespaces';
import { forgetPermissions } from './permissions';
import { now } from './clock';
import { listAgain, openNamespace, retryFailed, take } from './stores';
import { freshness, heardAge, namespace } from './ui';

/** Who looks at the page. `was` says that the page is still there behind the login, with what was typed. */
export type Session =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreachable'; readonly problem: Problem }
  | { readonly kind: 'out'; readonly was: boolean; readonly why: Problem | undefined; readonly ways: readonly string[] }
  | { readonly kind: 'in'; readonly user: string; readonly said: SessionShape };

export const session = signal<Session>({ kind: 'unknown' });
export const signedIn = computed(() => session.value.kind === 'in');
export const standalone = computed(() => said()?.mode === 'Standalone');
/** Without a key ring this replica can neither chat nor keep a key in the object. */
export const keyRing = computed(() => said()?.features?.keyRing ?? true);

let last: SessionShape | undefined;
function said(): SessionShape | undefined {
  const now = session.value;
  return now.kind === 'in' ? now.said : last;
}

let feed: Feed | undefined;
let feedFor = '';

/** Asks who one is; with a one-time token in the address, it is used up first. */
export async function begin(): Promise<void> {
  client.onAge = heardAge;
  client.onRefused = refused;
  now.subscribe(() => {
    if (session.peek().kind === 'in') {
      retryFailed();
      if (!keyRing.peek()) {
        void lookAgain();
      }
    }
  });
  const once = takeOneTimeToken();
  const problem = once === undefined ? undefined : await logIn(once);
  if (problem === undefined && session.peek().kind !== 'in') {
    await ask();
  } else if (problem !== undefined) {
    // The address may be an old one in the history of somebody who is signed in.
    await ask(problem);
  }
}

/** The token is taken out of the address before anything else is done, so that it is in no history and no bookmark. */
export function takeOneTimeToken(place: Location = location): string | undefined {
  const match = /^#login=([^&/]+)$/.exec(place.hash);
  if (match === null) {
    return undefined;
  }
  history.replaceState(null, '', `${place.pathname}${place.search}`);
  return decodeURIComponent(match[1] as string);
}

/** @returns why not, or undefined when one is signed in. The token is kept nowhere. */
export async function logIn(token: string): Promise<Problem | undefined> {
  try {
    await client.call('POST /session', { body: { token } });
    client.beginsAnew();
  } catch (thrown) {
    return toProblem(thrown);
  }
  await ask();
  return undefined;
}

export async function logOut(): Promise<void> {
  try {
    await client.call('DELETE /session', {});
  } finally {
    last = undefined;
    stopFeed();
    // What was on the screen belonged to whoever was signed in.
    location.reload();
  }
}

export async function ask(why?: Problem): Promise<void> {
  try {
    const { body } = await client.call('GET /session', {});
    if (!body.signedIn) {
      session.value = { kind: 'out', was: last !== undefined, why, ways: body.loginMethods };
      return;
    }
    const other = last !== undefined && last.user !== body.user;
    last = body;
    session.value = { kind: 'in', user: body.user ?? '', said: body };
    enter(other);
  } catch (thrown) {
    const problem = toProblem(thrown);
    if (session.peek().kind !== 'in') {
      session.value = { kind: 'unreachable', problem };
    }
  }
}

function refused(problem: Problem): void {
  if (problem.signedOut) {
    signedOut(problem);
  } else if (problem.reason === 'KeyRingMissing' && keyRing.peek()) {
    void lookAgain();
  }
}

/** What this replica can do changes while one looks: a key ring goes, and comes back. */
async function lookAgain(): Promise<void> {
  try {
    const { body } = await client.call('GET /session', {});
    const before = session.peek();
    if (before.kind === 'in' && body.signedIn && body.user === before.user) {
      last = body;
      session.value = { ...before, said: body };
    }
  } catch {
    // It is asked again while it matters.
  }
}

/** A refusal for want of a session, in the middle of whatever: nothing on the page is thrown away. */
export function signedOut(why: Problem): void {
  const now = session.peek();
  if (now.kind === 'in') {
    stopFeed();
    session.value = { kind: 'out', was: true, why, ways: now.said.loginMethods };
  }
}

let opened: string | undefined;

function enter(other: boolean): void {
  forgetPermissions();
  void loadNamespaces().then(goToTheOnlyOne);
  if (opened === undefined || other) {
    opened = namespace.peek();
    openNamespace(opened);
  } else {
    listAgain();
  }
  startFeed();
}

/** Who has one namespace need not choose it. */
function goToTheOnlyOne(): void {
  const [first, second] = namespaces.peek();
  if (first?.watched && second === undefined && !everywhere.peek() && namespace.peek() === '') {
    chooseNamespace(first.name);
  }
}

/** Looks at another namespace. */
export function chooseNamespace(name: string): void {
  namespace.value = name;
  opened = name;
  openNamespace(name);
}

function startFeed(): void {
  const name = `llmconfig:${new URL('.', document.baseURI).pathname}:${last?.user ?? ''}`;
  if (feed !== undefined && feedFor === name) {
    return;
  }
  stopFeed();
  feedFor = name;
  feed = new Feed({ client, name, onTold, namespaces: () => narrowed });
  void feed.run();
}

function stopFeed(): void {
  feed?.close();
  feed = undefined;
}

/** Somebody with more namespaces than the server asks about at once hears of the one they look at. */
let narrowed: readonly string[] = [];

export function onTold(told: Told): void {
  take(told);
  const now = freshness.peek();
  if (told.event === 'link') {
    freshness.value = { ...now, link: told.up ? 'up' : 'down' };
  } else if (told.event === 'freshness') {
    freshness.value = { ...now, stale: told.stale, syncedAt: told.syncedAt };
  } else if (told.event === 'hello') {
    freshness.value = { ...now, stale: told.stale };
  } else if (told.event === 'bye') {
    if (told.reason === 'NamespaceRequired') {
      narrowed = namespace.peek() === '' ? [] : [namespace.peek()];
    } else if (told.reason === 'TokenRejected' || told.reason === 'SessionExpired') {
      void ask();
    }
  }
}
