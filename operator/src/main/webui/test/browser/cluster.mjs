// What the stories on a cluster are told with: objects as people with kubectl write them, and places of the page.
import { eventually } from './harness.mjs';

/** Of an object in a table; where all namespaces are shown its own stands before the name. */
export const link = (page, name) => page.getByRole('rowheader').getByRole('link', { name: new RegExp(`(^|/ ?)${name}$`) });

export const row = (page, name) => page.getByRole('row').filter({ has: link(page, name) });

/** Chooses something of the menu of a row. */
export async function task(page, name, what) {
  await row(page, name).getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: what }).click();
}

/** A key in a Secret that lets it go to the provider of the tests. */
export function keyOf({ namespace, provider }, name, { key = `sk-proj-of-${name}-0123456789abcdef`, path = '/v1', spec = '', of = 'OpenAI' } = {}) {
  return `
apiVersion: v1
kind: Secret
metadata:
  name: ${name}-held
  namespace: ${namespace}
  annotations: {llmconfig.dev/allowed-endpoints: "${provider}${path}"}
stringData: {api-key: "${key}"}
---
apiVersion: llmconfig.dev/v1alpha1
kind: ApiKeyConfig
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  provider: ${of}
  endpoint: "${provider}${path}"
  allowInsecureEndpoint: true
  secretRef: {name: ${name}-held, key: api-key}
${spec}---
`;
}

/** @param head more of the metadata, such as labels, as one line of YAML */
export const configOf = ({ namespace }, name, spec, head = '') => `
apiVersion: llmconfig.dev/v1alpha1
kind: ModelConfig
metadata: {name: ${name}, namespace: ${namespace}${head === '' ? '' : `, ${head}`}}
spec: ${spec}
---
`;

/** One that is asked for in full. @param more further fields of the spec */
export const configured = (at, name, key, model, ...more) =>
  configOf(at, name, `{${[`apiKeyRef: {name: ${key}}`, `model: ${model}`, ...more].join(', ')}}`);

/**
 * An agent that follows a config, or the default.
 * @param more `spec`: of the workload, `pod`: of its pods, `env`: variables of its owner; each a line of YAML
 */
export const agentOf = ({ namespace }, name, config = 'default', { spec = '', pod = '', env = '' } = {}) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}, labels: {llmconfig.dev/model-config: ${config}}}
spec:
  ${spec}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      ${pod}
      containers: [{name: agent, image: "example.com/agent:1"${env === '' ? '' : `, env: [${env}]`}}]
---
`;

/** One that fails soon, with a variable of its owner's. */
export const agent = (at, name, config, env = '{name: OWN, value: mine}') =>
  agentOf(at, name, config, { spec: 'progressDeadlineSeconds: 5', pod: 'terminationGracePeriodSeconds: 0', env });

export const echo = ({ namespace }, name = 'echo') => `
apiVersion: llmconfig.dev/v1alpha1
kind: ApiKeyConfig
metadata: {name: ${name}, namespace: ${namespace}}
spec: {provider: Echo}
---
`;

/** kubectl in the namespace of the scenario. */
export const kubectl = ({ ask }, ...words) => ask('kubectl', { arguments: words });

/** An object as the API server has it; undefined where there is none. */
export async function live(at, kind, name) {
  const text = await kubectl(at, 'get', kind, name, '-o', 'json', '--show-managed-fields', '--ignore-not-found');
  return text.trim() === '' ? undefined : JSON.parse(text);
}

export const named = async (at, kind, ...more) => JSON.parse(await kubectl(at, 'get', kind, '-o', 'json', ...more)).items;

/** What the container of an agent has of this name. */
export async function given(at, name, variable) {
  const { spec } = await live(at, 'deployment', name);
  return spec.template.spec.containers[0].env.find((one) => one.name === variable)?.value;
}

/** Until the API has it as the condition wants it. */
export async function told({ api }, path, what, condition) {
  let last;
  try {
    return await eventually(what, async () => {
      last = (await api('GET', path)).json;
      return condition(last) && last;
    });
  } catch (late) {
    throw new Error(`${late.message}; it is ${last?.state}, ${last?.reason}: ${last?.sentence ?? last?.detail}`);
  }
}

export const keyIs = ({ api, namespace }, name, state) =>
  eventually(`${name} is ${state}`, async () => (await api('GET', `/config/api-keys/${namespace}.${name}`)).json?.state === state);

export const configIs = ({ api, namespace }, name, state) =>
  eventually(`${name} is ${state}`, async () => (await api('GET', `/config/model-configs/${namespace}.${name}`)).json?.state === state);

/** Who owns a field of the spec, such as `f:parameters f:temperature`. */
export function ownersOf(object, path) {
  return object.metadata.managedFields
    .filter((entry) => entry.subresource === undefined && path.split(' ').reduce((at, step) => at?.[step], entry.fieldsV1['f:spec']) !== undefined)
    .map((entry) => entry.manager)
    .sort();
}

/** What lies in the clipboard of the browser. */
export async function copied(page, press) {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await press();
  return eventually('something was copied', () => page.evaluate(() => navigator.clipboard.readText()));
}

export const CLIPBOARD = { context: { permissions: ['clipboard-read', 'clipboard-write'] } };
