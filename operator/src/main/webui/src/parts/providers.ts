import type { Provider } from '../api/schema';
import { providerNames } from '../text/en';

/** A provider as people write it; one that this page does not know yet as the server does. */
export function providerName(name: string): string {
  return providerNames[name as Provider] ?? name;
}

/** Those that most people look for first; what is new comes last. */
export function byPopularity<T extends { readonly name: string }>(all: readonly T[]): readonly T[] {
  const order = Object.keys(providerNames);
  const at = (one: T) => (order.indexOf(one.name) + order.length + 1) % (order.length + 1);
  return [...all].sort((a, b) => at(a) - at(b));
}
