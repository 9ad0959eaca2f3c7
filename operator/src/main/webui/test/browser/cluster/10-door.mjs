import { check, eventually, scenario } from '../harness.mjs';

/** Signs in by the form, as a person does. */
export async function enter({ page, base }, token, hash = '') {
  await page.goto(base + hash);
  await page.getByLabel('Token', { exact: true }).fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
}

scenario('10 a token of the cluster signs in, a wrong one does not, and the deep link is kept', { expects: [401] }, async (at) => {
  const { page, base, ask, namespace } = at;
  const { token } = await ask('person', { name: 'jane', rights: ['edit'] });
  await page.goto(`${base}#/agents`);
  await page.getByLabel('Token', { exact: true }).fill(`${token.slice(0, -4)}AAAA`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText(/is not accepted|does not accept/).first().waitFor();
  await page.getByLabel('Token', { exact: true }).fill(token);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Agents' }).waitFor();
  check(page.url().endsWith('#/agents'), page.url());
  await page.getByText(`system:serviceaccount:${namespace}:jane`).first().waitFor({ state: 'attached' });
});

scenario('68 who may only use a config chats with it, and its key is in no answer', {}, async (at) => {
  const { ask, namespace, provider, page, base, canary } = at;
  const key = canary();
  await ask('apply', { yaml: `
apiVersion: v1
kind: Secret
metadata:
  name: openai
  namespace: ${namespace}
  annotations: {llmconfig.dev/allowed-endpoints: "${provider}/v1"}
stringData: {OPENAI_API_KEY: ${key}}
---
apiVersion: llmconfig.dev/v1alpha1
kind: ApiKeyConfig
metadata: {name: openai, namespace: ${namespace}}
spec: {provider: OpenAI, endpoint: "${provider}/v1", allowInsecureEndpoint: true, secretRef: {name: openai}, verification: {mode: Disabled}, models: {discovery: Disabled}}
---
apiVersion: llmconfig.dev/v1alpha1
kind: ModelConfig
metadata: {name: support, namespace: ${namespace}}
spec: {apiKeyRef: {name: openai}, model: gpt-4o}
` });
  await eventually('the config is in force', async () => (await at.api('GET', `/config/model-configs/${namespace}.support`)).json?.revision);
  await ask('plays', { model: 'gpt-4o', pieces: ['data: {"choices":[{"delta":{"content":"Hello from afar"}}]}\n\n', 'data: [DONE]\n\n'] });
  const { token } = await ask('person', { name: 'chatter', rights: ['view', 'use'] });
  await enter({ page, base }, token);
  await page.getByRole('textbox', { name: 'Your question' }).fill('Hi');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('article').filter({ hasText: 'Hello from afar' }).waitFor();
});
