import { signal, type Signal } from '@preact/signals';
import { client } from '../api/client';
import type { Permissions } from '../api/schema';
import { namespace } from './ui';
import { namespaces } from './namespaces';
import { configs, keys } from './stores';

export type Resource = 'apikeyconfigs' | 'modelconfigs' | 'secrets';

/** A hint for which buttons to show, by namespace; whether something is allowed is decided when it is done. */
const known = new Map<string, Signal<Permissions | undefined>>();
const epoch = signal(0);

export function forgetPermissions(): void {
  known.clear();
  epoch.value += 1;
}

/** Tracked. In a namespace that was not asked about yet nothing is offered, and it is asked about. */
export function may(verb: string, resource: Resource, where: string): boolean {
  void epoch.value;
  if (where === '') {
    // Looking at all of them: offered when it is possible in one of the first few. Where there is none yet, somebody
    // has to make the first object, and the server says whether they may; not so for who may list nothing anywhere.
    const some = namespaces.value.slice(0, 20);
    if (some.length === 0) {
      return (resource === 'modelconfigs' ? configs : keys).shown.value.kind !== 'forbidden';
    }
    return some.some((one) => may(verb, resource, one.name));
  }
  const told = permissionsOf(where).value;
  return told !== undefined && (told.incomplete || allows(told, verb, resource));
}

/** Tracked. Whether it is known by now what one may do there, for what would look wrong until then. */
export function rightsKnown(where: string): boolean {
  void epoch.value;
  return permissionsOf(where).value !== undefined;
}

/** As `may`, for where one looks now. */
export function mayHere(verb: string, resource: Resource): boolean {
  return may(verb, resource, namespace.value);
}

export function allows(told: Permissions, verb: string, resource: string): boolean {
  const verbs = [...(told.allowed[resource] ?? []), ...(told.allowed['*'] ?? [])];
  return verbs.includes(verb) || verbs.includes('*');
}

function permissionsOf(where: string): Signal<Permissions | undefined> {
  const before = known.get(where);
  if (before !== undefined) {
    return before;
  }
  const fresh = signal<Permissions | undefined>(undefined);
  known.set(where, fresh);
  client.call('GET /permissions', { query: { namespace: where } }).then(
    ({ body }) => {
      fresh.value = body;
    },
    () => {
      // Not known is not forbidden: the server says so by itself when something is tried.
      fresh.value = { allowed: {}, incomplete: true };
    },
  );
  return fresh;
}
