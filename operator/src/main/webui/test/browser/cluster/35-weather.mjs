import { check, equal, eventually, scenario } from '../harness.mjs';
import { echo, keyIs, keyOf, kubectl, link, row, task } from '../cluster.mjs';
import { adding, beginAs } from './30-keys.mjs';

/** Names in the place of blanks; where no model was asked for, the sentence does without one. */
const filled = (words, { of, host, secret }) =>
  words
    .replaceAll('{provider}', of)
    .replaceAll('{host}', host)
    .replaceAll('Secret {secret}', `Secret ${secret}`)
    .replaceAll('the model {model}', 'the model')
    .replaceAll('{model}', 'The model');

const keyless = ({ namespace, provider }, name, { path, of }) => `
apiVersion: llmconfig.dev/v1alpha1
kind: ApiKeyConfig
metadata: {name: ${name}, namespace: ${namespace}}
spec: {provider: ${of}, endpoint: "${provider}${path}", allowInsecureEndpoint: true}
---
`;

/** All that providers are known to answer, each with a key that is answered so. */
async function bodies({ ask, provider, guard }) {
  const host = new URL(provider).host;
  return (await ask('bodies')).map(({ id, provider: of, key, path, probe, reason, kind, sentence, action }) => {
    const name = `fx-${id.toLowerCase().replaceAll('.', '-')}`;
    const names = { of, host, secret: `${name}-held` };
    const spec = probe === 'Completion' ? '  verification: {probe: Completion}\n  models: {additional: [{id: a-model}]}\n' : '';
    if (['OA03', 'GE04', 'NX05', 'NX23', 'NX24'].includes(id)) {
      guard.canary(key); // what these repeat
    }
    return { name, of, key, path, spec, reason, kind, sentence: filled(sentence, names), action: filled(action, names) };
  });
}

const OUTCOMES = { Accepted: 'Accepted', Refused: 'Refused', Transient: 'Unknown' };

/** What is written above the details, where the next step stands behind what is the matter. */
function summary({ reason, kind, sentence, action }) {
  return kind !== 'Accepted' || reason === 'KeyNotChecked' ? `${sentence} ${action}` : sentence;
}

scenario('20 each answer of a provider has its reason, its sentence and its next step', {}, async (at) => {
  const { page, ask, api, namespace, go, axe, picture } = at;
  const all = await bodies(at);
  await ask('apply', { yaml: all.map((one) => (one.key === '' ? keyless(at, one.name, one) : keyOf(at, one.name, one))).join('') });
  const keys = async () => (await api('GET', `/config/api-keys?namespace=${namespace}&limit=500`)).json.items;
  await eventually('each is judged', async () => (await keys()).filter((one) => one.state !== 'Pending').length === all.length, 240_000);
  await beginAs(at, ['edit']);
  const tests = new Map();
  page.on('response', (answer) => {
    const [, name] = /api-keys\/[^/.]+\.([^/]+)\/test$/.exec(new URL(answer.url()).pathname) ?? [];
    if (name !== undefined) {
      tests.set(name, answer.json());
    }
  });
  await page.getByRole('button', { name: 'Test all' }).click();
  await page.getByText(/^\d+ accepted, \d+ not: see their states\.$/).waitFor({ timeout: 400_000 });
  equal(tests.size, all.length, 'tests');
  await axe('keys, each answer');
  await picture('cluster-each-answer');

  const wrong = [];
  const same = (seen, wanted, what) => {
    if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
      wrong.push(`${what}: ${JSON.stringify(seen)}, and should be ${JSON.stringify(wanted)}`);
    }
  };
  let late = 0;
  for (const one of all) {
    const result = await tests.get(one.name);
    // Who asks is not kept longer than a provider may take; the row tells what came of it.
    const pending = result.outcome === 'Pending';
    late += pending ? 1 : 0;
    if (!pending) {
      same([result.reason, result.sentence, result.action, result.outcome], [one.reason, one.sentence, one.action, OUTCOMES[one.kind]], `the answer for ${one.name}`);
    }
    await go(`#/keys/${namespace}/${one.name}`);
    const details = page.getByRole('dialog', { name: one.name, exact: true });
    await details.getByText('Conditions', { exact: true }).waitFor();
    const seen = await details.evaluate((dialog) => ({
      summary: dialog.querySelector('.banner strong').textContent,
      tested: dialog.querySelector('[role=status] .banner strong')?.textContent.replace(/ \d+ models?\.$/, ''),
      action: dialog.querySelector('[role=status] .banner strong + div')?.firstChild?.textContent,
      blanks: /\{\w+\}/.exec(dialog.textContent)?.[0],
    }));
    same(seen.summary, summary(one), `the summary of ${one.name}`);
    same(seen.blanks, undefined, `a blank in the details of ${one.name}`);
    if (!pending) {
      same([seen.tested, seen.action], [one.sentence, one.reason === 'KeyAccepted' ? undefined : one.action], `what is shown of the test of ${one.name}`);
    }
    const { json } = await api('GET', `/config/api-keys/${namespace}.${one.name}`);
    const verified = json.conditions.find(({ type }) => type === 'Verified');
    same([verified.reason, verified.message, verified.status], [one.reason, one.sentence, { Accepted: 'True', Refused: 'False', Transient: 'Unknown' }[one.kind]], `the condition of ${one.name}`);
  }
  await picture('cluster-one-answer');
  await kubectl(at, 'delete', 'akc', '--all', '--wait=false');
  check(wrong.length === 0, `of ${all.length}, ${late} of them late:\n${wrong.join('\n')}`);
  check(late <= all.filter(({ reason }) => reason === 'Timeout').length + 5, `${late} of ${all.length} tests were not waited for`);
});

scenario('21 a provider that takes half a minute holds up no other row, and nobody has to wait for it', {}, async (at) => {
  const { page, ask, api, provider, namespace, canary, axe, picture } = at;
  await ask('apply', { yaml: keyOf(at, 'slow') + echo(at) });
  await keyIs(at, 'slow', 'Ready');
  await keyIs(at, 'echo', 'Ready');
  await beginAs(at, ['edit']);
  const details = page.getByRole('dialog', { name: 'slow', exact: true });
  const asking = `Asking ${new URL(provider).host}…`;
  try {
    await ask('thinks', { ms: 30_000 });
    await task(page, 'slow', 'Test');
    const waits = row(page, 'slow').getByText('Testing', { exact: true });
    await waits.waitFor();
    // Meanwhile others are written, tested and shown.
    await kubectl(at, 'patch', 'akc', 'echo', '--type=merge', '-p', '{"spec":{"displayName":"Named meanwhile"}}');
    await row(page, 'echo').getByText('Named meanwhile').waitFor();
    await task(page, 'echo', 'Test');
    await page.getByText(/^echo: .* answers without a key\.$/).waitFor();
    check(await waits.isVisible(), 'the slow one is still waited for');
    await axe('keys, one is slow');
    await picture('cluster-slow-provider');

    // One need not wait for it.
    await link(page, 'slow').click();
    await details.getByText(asking).waitFor();
    await picture('cluster-slow-test');
    await details.getByRole('button', { name: 'Stop', exact: true }).click();
    await details.getByText(asking).waitFor({ state: 'detached' });
    await waits.waitFor({ state: 'detached' });
    equal(await details.getByRole('button', { name: 'Test', exact: true }).isEnabled(), true, 'whether it can be tested again');
    // The operator goes on, and says what came of it; the key stays in use.
    await details.getByText(`${new URL(provider).host} did not answer in time. Wait, or check the network path.`).waitFor();
    await row(page, 'slow').getByText('Unknown', { exact: true }).waitFor();
    const { json } = await api('GET', `/config/api-keys/${namespace}.slow`);
    equal(json.conditions.find(({ type }) => type === 'Ready').status, 'True', 'whether it is in use');
    check(json.modelCount > 0, 'its models are known');
    await picture('cluster-slow-known');
    await page.keyboard.press('Escape');

    // Nor is a form held up; whoever stops a test may begin another at once.
    const drawer = await adding(at, { key: canary(), name: 'draft' });
    for (const name of ['Test', 'Test']) {
      await drawer.getByRole('button', { name, exact: true }).click();
      await drawer.getByText(asking).waitFor();
      await drawer.getByRole('button', { name: 'Stop', exact: true }).click();
      await drawer.getByText(asking).waitFor({ state: 'detached' });
    }
    equal(await drawer.getByRole('alert').count(), 0, 'refusals');
    equal(await drawer.getByLabel(/^Name \(/).inputValue(), 'draft', 'what was typed');
    await drawer.getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('button', { name: 'Test all' }).click();
    await page.getByText('Testing 1 of 2', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Test all' }).waitFor();
    await waits.waitFor({ state: 'detached' });
  } finally {
    await ask('thinks', { ms: 0 });
  }
  await row(page, 'slow').getByText('Ready', { exact: true }).waitFor();
});

scenario('22 a dead provider keeps no model of others from the screen, and it is said why its own are old or missing', {}, async (at) => {
  const { page, base, ask, api, namespace, axe, picture } = at;
  await ask('apply', {
    yaml: keyOf(at, 'good') + echo(at) + keyOf(at, 'gone', { path: '/gone/v1', of: 'Mistral' }) + keyOf({ ...at, provider: 'http://127.0.0.1:9' }, 'dead', { path: '/openai/v1', of: 'Groq' }),
  });
  for (const [name, state] of [['good', 'Ready'], ['echo', 'Ready'], ['gone', 'Ready'], ['dead', 'Unknown']]) {
    await keyIs(at, name, state);
  }
  try {
    await ask('mood', { path: '/gone', mood: 'Down' });
    equal((await api('POST', `/config/api-keys/${namespace}.gone/test`, {})).json.reason, 'ProviderUnavailable', 'what the test says');
    await keyIs(at, 'gone', 'Unknown');
    const asked = async () => (await ask('calls')).filter(({ path }) => !path.startsWith('/gone')).length;
    const before = await asked();
    await beginAs(at, ['edit'], 'jane', '#/models');
    const began = Date.now();
    await page.reload();
    for (const group of ['Echo (3)', /^Mistral \(\d+\)/, /^OpenAI \(\d+\)/]) {
      await page.getByText(group).first().waitFor();
    }
    const took = Date.now() - began;
    check(took < 5_000, `the models take ${took} ms`);
    await page.getByText('2 of 4 keys answered.').waitFor();
    const troubles = page.locator('.sources li');
    await troubles.filter({ hasText: /^gone: Mistral has a problem of its own right now\. Wait; see the provider's status page\. Its list is that of / }).waitFor();
    await troubles.filter({ hasText: 'dead: No connection to 127.0.0.1:9 could be made. Check name, port, NetworkPolicy and proxy. There is no list of its models.' }).waitFor();
    equal(await troubles.count(), 2, 'keys that are complained about');
    equal(await page.getByText('accepted the key').count(), 0, 'good words about a key that nobody asked for');
    equal(await asked(), before, 'questions to providers for the sake of the screen');
    await axe('models, two providers are away');
    await picture('cluster-dead-provider');

    // Asked again while it is down, it says the same; once it is well, it is among the others.
    const retry = page.getByRole('button', { name: 'Retry Ask gone again' });
    await retry.click();
    await retry.and(page.locator('[aria-busy=true]')).waitFor({ state: 'detached' });
    await page.getByText('2 of 4 keys answered.').waitFor();
    await ask('well', { path: '/gone' });
    await eventually('it is heard again', async () => {
      if (await page.getByText('3 of 4 keys answered.').isVisible()) {
        return true;
      }
      await retry.click({ timeout: 1_000 }).catch(() => {});
      return false;
    });
    equal(await troubles.count(), 1, 'keys that are complained about then');
    await page.goto(`${base}#/keys/${namespace}/dead`);
    await page.getByRole('dialog', { name: 'dead', exact: true }).getByText('No connection to 127.0.0.1:9 could be made. Check name, port, NetworkPolicy and proxy.').first().waitFor();
  } finally {
    await ask('well', { path: '/gone' });
  }
});
