import { check, equal, eventually, scenario } from '../harness.mjs';
import { configured, keyOf, live, row, told } from '../cluster.mjs';
import { enter } from '../ways.mjs';

const AMBER = /This replica has no encryption key: chat and storing a key in the object are off/;
const question = (page) => page.getByRole('textbox', { name: 'Your question' });

async function says(page, answer) {
  await question(page).fill('Hi');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('article').filter({ hasText: answer }).last().waitFor();
}

const played = (answer) => [`data: {"choices":[{"delta":{"content":"${answer}"}}]}\n\n`, 'data: [DONE]\n\n'];

scenario('71 without a key ring chat is off and the rest works; when it is back chat works without a restart', { expects: [503] }, async (at) => {
  const { page, base, ask, namespace, provider, canary, axe, picture } = at;
  await ask('apply', { yaml: keyOf(at, 'openai', { key: canary() }) + configured(at, 'support', 'openai', 'gpt-5-mini', 'isDefault: true') });
  await told(at, `/config/model-configs/${namespace}.support`, 'it is in force', (one) => one?.state === 'Ready');
  await ask('plays', { model: 'gpt-5-mini', pieces: played('Hello from afar') });
  const { token } = await ask('person', { name: 'jane', rights: ['edit', 'secrets'] });
  await enter({ page, base }, token, '#/chat');
  await says(page, 'Hello from afar');

  // It goes while one looks: the answer says so, and from then on the page.
  await ask('ring', { keys: [] });
  await question(page).fill('And now?');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText(AMBER).first().waitFor();
  await axe('chat without a key ring');
  await picture('no-key-ring-chat');
  await page.goto(`${base}#/keys`);
  await page.getByText(AMBER).first().waitFor();
  await row(page, 'openai').waitFor();
  await picture('no-key-ring-keys');
  await page.goto(`${base}#/status`);
  await page.getByRole('listitem').filter({ hasText: 'KeyRingMissing' }).getByText(/kubectl/).first().waitFor();
  await axe('status without a key ring');
  await picture('no-key-ring-status');

  // A stored key is tested by the operator, and a new one goes into a Secret.
  await page.goto(`${base}#/keys`);
  await row(page, 'openai').getByRole('button', { name: 'Actions for openai' }).click();
  const checked = async () => (await at.api('GET', `/config/api-keys/${namespace}.openai`)).json.checkedAt;
  const before = await checked();
  await page.getByRole('menuitem', { name: 'Test', exact: true }).click();
  await eventually('the key is tested', async () => (await checked()) !== before);
  await row(page, 'openai').getByText('Ready', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Add key' }).first().click();
  const drawer = page.getByRole('dialog', { name: 'Add key' });
  await drawer.getByRole('radio', { name: 'OpenAI', exact: true }).check({ force: true });
  await drawer.getByLabel('Key', { exact: true }).fill(canary());
  await drawer.getByRole('textbox', { name: /^Name/ }).first().fill('kept');
  await drawer.getByText('Advanced', { exact: true }).click();
  await drawer.getByLabel(/^Endpoint/).fill(`${provider}/v1`);
  await drawer.getByRole('switch', { name: /plain http/ }).click();
  check(await drawer.getByRole('radio', { name: /In a Secret/ }).isChecked(), 'the key goes into a Secret');
  await picture('no-key-ring-add-key');
  await drawer.getByRole('button', { name: /^Save/ }).click();
  await row(page, 'kept').getByText('Ready', { exact: true }).waitFor();
  equal((await live(at, 'akc', 'kept')).spec.secretRef.name, 'kept-key', 'where the key is');

  // Back: neither the sidecar nor the page is started anew.
  await page.evaluate(() => { globalThis.same = true; location.hash = '#/chat'; });
  await page.getByText(AMBER).first().waitFor();
  await ask('ring', { keys: ['first'] });
  await page.getByText(AMBER).first().waitFor({ state: 'detached' });
  await ask('plays', { model: 'gpt-5-mini', pieces: played('Here I am again') });
  await says(page, 'Here I am again');
  check(await page.evaluate(() => globalThis.same), 'the page was not loaded again');
});

scenario('72 a rotated key ring ends no session; without the old key there is one clean login', { expects: [401] }, async (at) => {
  const { page, base, ask, canary, namespace, guard } = at;
  await ask('apply', { yaml: keyOf(at, 'openai', { key: canary() }) + configured(at, 'support', 'openai', 'gpt-5-mini', 'isDefault: true') });
  await told(at, `/config/model-configs/${namespace}.support`, 'it is in force', (one) => one?.state === 'Ready');
  const { token } = await ask('person', { name: 'jane', rights: ['edit'] });
  await enter({ page, base }, token, '#/keys');
  await row(page, 'openai').waitFor();

  await ask('ring', { keys: ['second', 'first'] });
  await page.reload();
  await row(page, 'openai').waitFor();
  await ask('plays', { model: 'gpt-5-mini', pieces: played('Rotated') });
  await page.goto(`${base}#/chat`);
  await says(page, 'Rotated');

  await ask('ring', { keys: ['second'] });
  await page.goto(`${base}#/keys`);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  equal(await page.getByRole('alert').count(), 0, 'complaints at the door');
  await page.getByLabel('Token', { exact: true }).fill(token);
  await page.keyboard.press('Enter');
  await row(page, 'openai').waitFor();
  check(page.url().endsWith('#/keys'), page.url());
  await page.reload();
  await row(page, 'openai').waitFor();
  const before = guard.asked.length;
  await page.getByText('Live', { exact: true }).waitFor();
  equal(guard.asked.slice(before).filter((one) => one.endsWith(' 401')), [], 'refusals after the one login');
});
