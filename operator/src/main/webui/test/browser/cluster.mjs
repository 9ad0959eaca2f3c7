// What the stories on a cluster are told with: objects as people with kubectl write them, and places of the page.
import { eventually } from './harness.mjs';

/** By the link in it, before which the namespace stands where all of them are shown. */
export const row = (page, name) => page.getByRole('row').filter({ has: page.getByRole('link', { name: new RegExp(`(^| / )${name}$`) }) });

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

/** An agent that follows a config, or the default. */
export const agentOf = ({ namespace }, name, config = 'default') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}, labels: {llmconfig.dev/model-config: ${config}}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: agent, image: "llmconfig.dev/test-agent:1"}]}
---
`;

/** An object as the API server has it; undefined where there is none. */
export async function live({ ask }, kind, name, ...more) {
  const text = await ask('kubectl', { arguments: ['get', kind, name, '-o', 'json', '--ignore-not-found', ...more] });
  return text.trim() === '' ? undefined : JSON.parse(text);
}

export async function named({ ask }, kind, ...more) {
  const text = await ask('kubectl', { arguments: ['get', kind, '-o', 'json', ...more] });
  return JSON.parse(text).items;
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
