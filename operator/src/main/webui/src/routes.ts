import { signal } from '@preact/signals';

export const SCREENS = ['chat', 'keys', 'models', 'configs', 'agents', 'audit', 'status', 'settings', 'stories'] as const;
export type ScreenName = (typeof SCREENS)[number];

/** Where one is: `#/keys/agents/openai-team-a?tab=changes`. */
export interface Route {
  readonly screen: ScreenName;
  readonly rest: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

export function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2) as [string, string?];
  const [screen = '', ...rest] = path.split('/').filter((one) => one !== '').map(decoded);
  const known = SCREENS.find((one) => one === screen);
  return { screen: known ?? 'chat', rest, query: Object.fromEntries(new URLSearchParams(query)) };
}

/** The address of a place on this page, for `href`. */
export function to(screen: ScreenName, rest: readonly string[] = [], query: Record<string, string> = {}): string {
  const path = [screen, ...rest].map(encodeURIComponent).join('/');
  const asked = new URLSearchParams(query).toString();
  return `#/${path}${asked === '' ? '' : `?${asked}`}`;
}

/** The address of an object: its id is `namespace.name`, and a namespace has no dot. */
export function toObject(screen: ScreenName, id: string): string {
  const dot = id.indexOf('.');
  return dot < 0 ? to(screen, [id]) : to(screen, [id.slice(0, dot), id.slice(dot + 1)]);
}

/** The id in a route such as `#/keys/agents/openai-team-a`; undefined when no object is named. */
export function objectOf(route: Route): string | undefined {
  const [namespace, ...name] = route.rest;
  return namespace === undefined || name.length === 0 ? undefined : `${namespace}.${name.join('.')}`;
}

export const route = signal<Route>(parse(globalThis.location?.hash ?? ''));

export function go(href: string, replace = false): void {
  if (replace) {
    history.replaceState(null, '', href);
    route.value = parse(href);
  } else {
    location.hash = href;
  }
}

export function followHash(): () => void {
  const look = () => {
    route.value = parse(location.hash);
  };
  look();
  addEventListener('hashchange', look);
  return () => removeEventListener('hashchange', look);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
