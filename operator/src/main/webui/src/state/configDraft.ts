/** The part of a config that people write, as JSON. Nothing here talks to anybody. */
export type Spec = Readonly<Record<string, unknown>>;

export interface FieldChange {
  /** The path below `spec`, such as `parameters.temperature`. */
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** A field that both sides have changed, each to something else. */
export interface Conflict {
  readonly field: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** These are told and merged as a whole: half of one and half of the other would be neither. */
const WHOLE = new Set(['parameters.extra', 'delivery.selector']);

/** Every field that is set, by its path. */
export function fieldsOf(spec: Spec): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  const walk = (value: unknown, path: string) => {
    if (isObject(value) && !WHOLE.has(path)) {
      for (const [name, inner] of Object.entries(value)) {
        walk(inner, path === '' ? name : `${path}.${name}`);
      }
    } else if (value !== undefined && value !== null) {
      found.set(path, value);
    }
  };
  walk(spec, '');
  return found;
}

export function valueAt(spec: Spec, field: string): unknown {
  return field.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), spec);
}

/** The same with one field set, or with `undefined` unset; objects that this leaves empty go, too. */
export function withValue(spec: Spec, field: string, value: unknown): Spec {
  const [name = '', ...rest] = field.split('.');
  const { [name]: before, ...others } = spec;
  if (rest.length === 0) {
    return value === undefined ? others : { ...spec, [name]: value };
  }
  const inner = withValue(isObject(before) ? before : {}, rest.join('.'), value);
  return Object.keys(inner).length === 0 ? others : { ...spec, [name]: inner };
}

export function changesOf(before: Spec, after: Spec): readonly FieldChange[] {
  const one = fieldsOf(before);
  const other = fieldsOf(after);
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((field) => !same(one.get(field), other.get(field)))
    .sort()
    .map((field) => ({ field, from: one.get(field), to: other.get(field) }));
}

/** What makes the one of the other, as RFC 7396 has it. */
export function mergePatch(before: Spec, after: Spec): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(after)) {
    const old = before[name];
    if (!same(old, value)) {
      patch[name] = isObject(old) && isObject(value) ? mergePatch(old, value) : value;
    }
  }
  for (const name of Object.keys(before)) {
    if (!(name in after)) {
      patch[name] = null;
    }
  }
  return patch;
}

/**
 * Carries an edit over to what is there now. What only the other side has changed is taken; what both have changed
 * stays mine, and is told, so that a person decides.
 */
export function rebase(base: Spec, mine: Spec, theirs: Spec): { readonly draft: Spec; readonly conflicts: readonly Conflict[] } {
  const [was, edited, now] = [fieldsOf(base), fieldsOf(mine), fieldsOf(theirs)];
  const conflicts: Conflict[] = [];
  let draft = theirs;
  for (const { field } of changesOf(base, mine)) {
    const conflict = { field, base: was.get(field), mine: edited.get(field), theirs: now.get(field) };
    if (!same(conflict.mine, conflict.theirs)) {
      draft = withValue(draft, field, conflict.mine);
      if (!same(conflict.base, conflict.theirs)) {
        conflicts.push(conflict);
      }
    }
  }
  return { draft, conflicts };
}

/** Takes some fields back to what they were. */
export function without(fields: readonly string[], base: Spec, draft: Spec): Spec {
  return fields.reduce((spec, field) => withValue(spec, field, fieldsOf(base).get(field)), draft);
}

export function same(one: unknown, other: unknown): boolean {
  return one === other || canonical(one) === canonical(other);
}

/** The order of names says nothing. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field as a server names it (`spec.parameters.temperature`), as it is named here. */
export function fieldNamed(told: string): string {
  return told.replace(/^\$?\.?(spec\.)?/, '');
}

/** Further parameters as they are typed. @returns the value, nothing for an empty text, or what is wrong with it */
export type Typed = { readonly value: Readonly<Record<string, unknown>> | undefined } | { readonly wrong: 'json' | 'object' | 'null'; readonly at?: string };

export function parseExtra(text: string): Typed {
  if (text.trim() === '') {
    return { value: undefined };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    return { wrong: 'json', at: thrown instanceof Error ? place(thrown.message, text) : '' };
  }
  if (!isObject(value)) {
    return { wrong: 'object' };
  }
  const nothing = Object.entries(value).find(([, one]) => one === null);
  // In a merge patch null takes a field away, so it cannot be a value.
  return nothing === undefined ? { value: Object.keys(value).length === 0 ? undefined : value } : { wrong: 'null', at: nothing[0] };
}

/** The line of a mistake, of whatever this browser says. */
function place(message: string, text: string): string {
  const line = /line (\d+)/.exec(message)?.[1];
  const position = /position (\d+)/.exec(message)?.[1];
  if (line !== undefined) {
    return line;
  }
  return position === undefined ? '' : String(text.slice(0, Number(position)).split('\n').length);
}

/** Our few objects as YAML: names are plain, every text is quoted as JSON does it. */
export function toYaml(value: unknown, indent = ''): string {
  if (isObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value)
      .map(([name, inner]) => `${indent}${/^[A-Za-z][\w.-]*$/.test(name) ? name : JSON.stringify(name)}:${below(inner, indent)}`)
      .join('\n');
  }
  if (Array.isArray(value) && value.length > 0) {
    return value
      .map((one) => (isObject(one) || Array.isArray(one) ? `${indent}-${below(one, indent).replace(/^\n\s*/, ' ')}` : `${indent}- ${JSON.stringify(one)}`))
      .join('\n');
  }
  return `${indent}${JSON.stringify(value)}`;
}

function below(value: unknown, indent: string): string {
  const nested = (isObject(value) && Object.keys(value).length > 0) || (Array.isArray(value) && value.length > 0);
  return nested ? `\n${toYaml(value, `${indent}  `)}` : ` ${JSON.stringify(value)}`;
}
