import { check, equal, eventually, scenario } from '../harness.mjs';

scenario('05 the whole Settings story: provider, name, key, test, model, two sliders, save, chat', {}, async (at) => {
  const { page, signIn, canary, provider, api, axe, ask } = at;
  await signIn('#/settings');
  const keys = page.getByRole('region', { name: 'API keys' });
  await keys.getByLabel('Provider').selectOption({ label: 'OpenAI' });
  await keys.getByLabel(/^Key name/).fill('Team A');
  await keys.getByLabel('Key', { exact: true }).fill(canary());
  await keys.getByText('Advanced', { exact: true }).click();
  await keys.getByLabel(/^Endpoint/).fill(`${provider}/v1`);
  await keys.getByRole('switch', { name: /plain http/ }).click();
  await keys.getByRole('button', { name: 'Test connection' }).click();
  await keys.getByText(/accepted the key/).first().waitFor();
  await axe('settings, tested');
  await keys.getByRole('button', { name: 'Add', exact: true }).click();
  await keys.getByRole('listitem').filter({ hasText: 'Team A' }).getByText('Ready').waitFor();
  equal(await keys.getByLabel('Key', { exact: true }).inputValue(), '', 'the key field afterwards');

  const model = page.getByRole('region', { name: 'Model' });
  await model.getByRole('radio', { name: /claude-sonnet-4-5/ }).first().check({ force: true });
  await model.getByRole('switch', { name: 'Send temperature' }).click();
  await model.getByRole('textbox', { name: 'Temperature, exact value' }).fill('0.3');
  await page.keyboard.press('Tab');
  await model.getByRole('switch', { name: 'Send max tokens' }).click();
  await model.getByRole('textbox', { name: 'Max tokens, exact value' }).fill('500');
  await page.keyboard.press('Tab');
  await model.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await axe('settings, impact');
  await dialog.getByRole('button', { name: /Save/ }).click();
  await page.getByText(/is the default model/).first().waitFor();
  const { json } = await api('GET', '/config/models/selected?namespace=default');
  equal(json.selected.model, 'claude-sonnet-4-5', 'the default');
  const config = (await api('GET', `/config/model-configs/${json.selected.id}`)).json;
  const sent = config.parameters ?? config.spec.parameters;
  equal([sent.temperature, sent.maxOutputTokens], [0.3, 500], 'what is sent');

  await eventually('the model is in force', async () => (await api('GET', `/config/model-configs/${json.selected.id}`)).json.state === 'Ready');
  await model.getByRole('link', { name: 'Chat with this model' }).or(model.getByRole('button', { name: 'Chat with this model' })).click();
  await page.getByRole('textbox', { name: 'Your question' }).fill('Hello there');
  await page.getByRole('button', { name: /^Send/ }).click();
  await page.getByRole('article', { name: /^Answer of/ }).getByText(/\w/).first().waitFor();
  await page.getByRole('note', { name: 'Figures of this answer' }).waitFor();
  const calls = await ask('calls');
  const asked = calls.filter((one) => one.call === 'Completion' && JSON.stringify(one.body).includes('Hello there'));
  equal(asked.length, 1, 'questions that came to the provider');
  equal(asked[0].body.temperature, 0.3, 'the temperature that came to the provider');
});

scenario('62 a provider without a key asks for none', {}, async ({ page, signIn, axe }) => {
  await signIn('#/keys');
  await page.getByRole('button', { name: /Add/ }).first().click();
  const drawer = page.getByRole('dialog', { name: 'Add key' });
  await drawer.getByRole('radio', { name: 'Echo', exact: true }).check({ force: true });
  equal(await drawer.getByLabel('Key', { exact: true }).count(), 0, 'fields for a key');
  await axe('add key, keyless');
  await drawer.getByRole('button', { name: /^Save/ }).click();
  await page.getByRole('row').filter({ hasText: 'echo' }).getByText('Ready').waitFor();
});

scenario('52 with the keyboard alone: sign in, add a key, test it, make a default, chat', {}, async (at) => {
  const { page, base, token, canary, provider, api } = at;
  const keyboard = page.keyboard;
  /** Tab until the element with the focus is called so. */
  const reach = async (name, most = 80) => {
    for (let step = 0; step < most; step += 1) {
      const here = await page.evaluate(() => {
        const one = document.activeElement;
        const labelled = one?.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.textContent).join(' ');
        return [one?.getAttribute('aria-label') ?? labelled ?? one?.labels?.[0]?.textContent ?? one?.textContent ?? '', one?.tagName, one?.type].join(' ').trim();
      });
      if (name.test(here)) {
        return here;
      }
      await keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${name}`);
  };
  await page.goto(base);
  await page.getByLabel('Token', { exact: true }).waitFor();
  await keyboard.type(token);
  await keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  await reach(/^\s*Keys A/);
  await keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Keys' }).waitFor();
  await reach(/^(Add key|Add the first key)/);
  await keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'Add key' });
  await drawer.waitFor();
  await reach(/INPUT radio/);
  for (let step = 0; step < 20 && !(await drawer.getByRole('radio', { name: 'OpenAI', exact: true }).isChecked()); step += 1) {
    await keyboard.press(step === 0 ? 'Space' : 'ArrowRight');
  }
  await reach(/^Key.*password/);
  await keyboard.type(canary());
  await reach(/^Name/);
  await keyboard.type('by-hand');
  await reach(/^Advanced/);
  await keyboard.press('Enter');
  await reach(/^Endpoint/);
  await keyboard.type(`${provider}/v1`);
  await reach(/plain http/);
  await keyboard.press('Space');
  await reach(/^Test/);
  await keyboard.press('Enter');
  await drawer.getByText(/accepted the key/).first().waitFor();
  await reach(/^Save/);
  await keyboard.press('Enter');
  await page.getByRole('row').filter({ hasText: 'by-hand' }).getByText('Ready').waitFor();
  check((await api('GET', '/config/api-keys/default.by-hand')).json.state === 'Ready', 'the key is ready');
});
