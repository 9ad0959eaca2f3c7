/** An object of ours with these fields of its spec alone, for kustomize or `kubectl apply --server-side`. */
export function patchYaml(kind: string, namespace: string, name: string, spec: Readonly<Record<string, unknown>>): string {
  const object = { apiVersion: 'llmconfig.dev/v1alpha1', kind, metadata: { name, namespace }, spec };
  return `${lines(object, '').join('\n')}\n`;
}

function lines(object: object, indent: string): string[] {
  return Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => field(`${indent}${scalar(name)}:`, value, indent));
}

function field(start: string, value: unknown, indent: string): string[] {
  if (Array.isArray(value)) {
    return value.length === 0 ? [`${start} []`] : [start, ...value.flatMap((one) => item(one, `${indent}  `))];
  }
  if (typeof value === 'object' && value !== null) {
    const inner = lines(value, `${indent}  `);
    return inner.length === 0 ? [`${start} {}`] : [start, ...inner];
  }
  return [`${start} ${scalar(value)}`];
}

function item(value: unknown, indent: string): string[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const [first = '{}', ...rest] = lines(value, `${indent}  `);
    return [`${indent}- ${first.trimStart()}`, ...rest];
  }
  return [`${indent}- ${Array.isArray(value) ? JSON.stringify(value) : scalar(value)}`];
}

/** Words that YAML takes for something else than text, in one of its versions. */
const SPECIAL = /^(null|true|false|yes|no|on|off|y|n|~)$/i;

/** JSON is YAML: whatever is not surely plain is quoted its way. */
function scalar(value: unknown): string {
  return typeof value === 'string' && /^[A-Za-z][A-Za-z0-9_./-]*$/.test(value) && !SPECIAL.test(value)
    ? value
    : JSON.stringify(value ?? null);
}
