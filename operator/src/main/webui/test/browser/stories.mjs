// What scenarios on a cluster have in common: what an engineer applies, who looks at it, and ways to the sidecar that
// are worse than a straight one.
import { createServer, request } from 'node:http';
import { enter as signIn } from './cluster/10-door.mjs';
import { eventually } from './harness.mjs';

/**
 * Signs in by the form. The first question to the API server is asked before: on a busy machine it may take longer than
 * the sidecar waits for it, and that is another story.
 */
export async function enter({ page, base }, token, hash = '') {
  await eventually('the API server knows the token', async () => {
    const answer = await fetch(`${base}api/session`, { headers: { authorization: `Bearer ${token}` } });
    return answer.ok && (await answer.json()).signedIn;
  });
  await signIn({ page, base }, token, hash);
}

/** Somebody else sits down at the same browser. */
export async function enterAs({ page, base }, token, hash = '') {
  await page.context().clearCookies();
  await page.goto('about:blank');
  await enter({ page, base }, token, hash);
}

/** A key in a Secret that has agreed to where the key goes, and the object that names it. */
export const keyed = ({ namespace, provider }, name, key) => `
apiVersion: v1
kind: Secret
metadata:
  name: ${name}
  namespace: ${namespace}
  annotations: {llmconfig.dev/allowed-endpoints: "${provider}/v1"}
stringData: {api-key: "${key}"}
---
apiVersion: llmconfig.dev/v1alpha1
kind: ApiKeyConfig
metadata: {name: ${name}, namespace: ${namespace}}
spec: {provider: OpenAI, endpoint: "${provider}/v1", allowInsecureEndpoint: true, secretRef: {name: ${name}, key: api-key}}
---`;

/** @param more further lines of the spec */
export const configured = ({ namespace }, name, key, model, ...more) => `
apiVersion: llmconfig.dev/v1alpha1
kind: ModelConfig
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  apiKeyRef: {name: ${key}}
  model: ${model}
${more.map((line) => `  ${line}\n`).join('')}---`;

export const echo = ({ namespace }, name = 'echo') => `
apiVersion: llmconfig.dev/v1alpha1
kind: ApiKeyConfig
metadata: {name: ${name}, namespace: ${namespace}}
spec: {provider: Echo}
---`;

/** @param env what the owner of the workload sets there */
export const agent = ({ namespace }, name, config, env = '{name: OWN, value: mine}') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}, labels: {llmconfig.dev/model-config: ${config}}}
spec:
  progressDeadlineSeconds: 5
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
      - {name: agent, image: "example.com/agent:1", env: [${env}]}
---`;

/** kubectl in the namespace of the scenario. */
export const kubectl = ({ ask }, ...words) => ask('kubectl', { arguments: words });

/** An object as the API server has it. */
export const live = async (at, kind, name) => JSON.parse(await kubectl(at, 'get', kind, name, '-o', 'json', '--show-managed-fields'));

/** What the container of an agent has of this name. */
export async function given(at, name, variable) {
  const { spec } = await live(at, 'deployment', name);
  return spec.template.spec.containers[0].env.find((one) => one.name === variable)?.value;
}

/** Of an object in a table; where all namespaces are shown its own stands before the name. */
export const link = (page, name) => page.getByRole('rowheader').getByRole('link', { name: new RegExp(`(^|/ ?)${name}$`) });

export const row = (page, name) => page.getByRole('row').filter({ has: link(page, name) });

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

/**
 * A way to one or more sidecars on an address of its own: each request goes to the next one, and streams can be cut.
 */
export async function way(...targets) {
  const streams = new Set();
  let turn = 0;
  const server = createServer((asked, answer) => {
    const target = new URL(targets[turn++ % targets.length]);
    const stream = asked.url.includes('/api/events');
    const onward = request(
      { host: target.hostname, port: target.port, method: asked.method, path: asked.url, headers: asked.headers, agent: false },
      (come) => {
        answer.writeHead(come.statusCode, come.headers);
        come.pipe(answer);
        come.on('error', () => answer.destroy());
      },
    );
    if (stream) {
      streams.add(answer);
      answer.on('close', () => streams.delete(answer));
    }
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${server.address().port}/`,
    streams: () => streams.size,
    cut: () => [...streams].forEach((one) => one.destroy()),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
