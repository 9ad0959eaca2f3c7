import { check, equal, eventually, row, scenario } from '../harness.mjs';

/** Fills in the drawer *Add key*, up to the key; the provider of the tests listens without encryption. */
export async function fillIn({ page, provider }, { key, name = 'team-a' }) {
  const drawer = page.getByRole('dialog', { name: 'Add key' });
  await drawer.getByRole('radio', { name: 'OpenAI', exact: true }).check({ force: true });
  await drawer.getByLabel('Key', { exact: true }).fill(key);
  await drawer.getByLabel(/^Name/).fill(name);
  await drawer.getByText('Advanced', { exact: true }).click();
  await drawer.getByLabel(/^Endpoint/).fill(`${provider}/v1`);
  await drawer.getByRole('switch', { name: /plain http/ }).click();
  return drawer;
}

async function task(page, name, what) {
  await row(page, name).getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: what, exact: true }).click();
}

scenario('03 and 04 a wrong key is refused in words and can be saved; a right one takes its place', {}, async (at) => {
  const { page, signIn, canary, axe, api } = at;
  await signIn('#/keys');
  await page.getByRole('heading', { level: 1, name: 'Keys' }).waitFor();
  await page.getByText('There is no key', { exact: false }).first().waitFor();
  await axe('keys, empty');
  await page.getByRole('button', { name: 'Add the first key' }).click();
  const drawer = await fillIn(at, { key: canary('sk-proj-fx-OA02-') });
  await axe('add key');
  await drawer.getByRole('button', { name: 'Test', exact: true }).click();
  await drawer.getByRole('button', { name: 'Test again' }).waitFor();
  // A machine that is busy enough to miss the limit of a connection says so, truthfully.
  await eventually('the verdict is about the key', async () => {
    const said = await drawer.getByRole('status').allInnerTexts();
    if (said.some((text) => /OpenAI/.test(text) && /key/i.test(text))) {
      return true;
    }
    await drawer.getByRole('button', { name: /^Test/ }).click();
    await drawer.getByRole('button', { name: 'Test again' }).waitFor();
    return false;
  });
  await axe('add key, refused');
  await drawer.getByRole('button', { name: 'Save anyway' }).click();
  await drawer.waitFor({ state: 'hidden' });
  await row(page, 'team-a').getByText('Refused').waitFor();
  const details = page.getByRole('dialog', { name: 'team-a' });
  await details.waitFor();
  await axe('keys, details of one refused');
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'hidden' });
  await axe('keys, one refused');

  await task(page, 'team-a', 'Replace key');
  const replace = page.getByRole('dialog', { name: /Replace the key of team-a/ });
  const good = canary();
  await replace.getByLabel('Key', { exact: true }).fill(good);
  await axe('replace key');
  await replace.getByRole('button', { name: /Save|Replace/ }).last().click();
  await replace.waitFor({ state: 'hidden' });
  await row(page, 'team-a').getByText('Ready').waitFor();
  const { json } = await api('GET', '/config/api-keys/default.team-a');
  equal(json.maskedKey, `sk-proj-***${good.slice(-4)}`, 'the mask');
  check(json.modelCount > 0, 'models of the key');
});

scenario('06 a key of the .env file is migrated at the first start', { stage: { files: { '.env': 'OPENAI_API_KEY=sk-proj-0123456789abcdefghijklmnop\n' } } }, async (at) => {
  const { page, signIn, guard } = at;
  guard.canary('sk-proj-0123456789abcdefghijklmnop');
  await signIn('#/keys');
  await row(page, 'openai-migrated').waitFor();
});

scenario('08 a restart keeps the session, the default and its parameters', { expects: ['net::ERR_'] }, async (at) => {
  const { page, signIn, api, ask, base } = at;
  await api('POST', '/config/api-keys', { name: 'echo', provider: 'Echo' });
  await eventually('Echo is ready', async () => (await api('GET', '/config/api-keys/default.echo')).json.state === 'Ready');
  equal((await api('POST', '/config/models/default.echo:echo/select', { parameters: { temperature: 0.4 } })).status, 200);
  await signIn();
  await page.getByTitle('Default model: echo').first().waitFor();
  await ask('again', {});
  await page.goto(`${base}#/configs`);
  await page.getByRole('heading', { level: 1, name: 'Configs' }).waitFor();
  await page.getByTitle('Default model: echo').first().waitFor();
  await page.getByRole('img', { name: /default/i }).first().waitFor();
  const { json } = await api('GET', '/config/models/selected?namespace=default');
  equal(json.selected.model, 'echo');
  const config = (await api('GET', `/config/model-configs/${json.selected.id}`)).json;
  equal(config.parameters?.temperature ?? config.spec?.parameters?.temperature, 0.4, 'the temperature');
});
