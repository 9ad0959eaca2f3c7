import { check, equal, eventually, scenario } from '../harness.mjs';
import { configured, echo, kubectl, live, row, told } from '../cluster.mjs';
import { enter, way } from '../ways.mjs';

const save = (page) => page.getByRole('region', { name: 'Save' }).getByRole('button', { name: /^Save/ });
const again = (page) => page.getByRole('dialog', { name: 'Sign in again' });

/** What a person reads in a table, but for times. */
const rows = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('main tbody [role=row][data-id]')]
      .map((one) => `${one.dataset.id}: ${one.querySelector('th .cell').textContent} ${one.querySelector('.pill')?.textContent ?? ''}`)
      .sort());

async function streams(metrics) {
  const text = await (await fetch(metrics)).text();
  return Number(/^llmconfig_streams (\S+)/m.exec(text)?.[1]);
}

scenario('40 a session that ends in the middle of an edit: signed in again, the text is there and the key is not', { expects: [401] }, async (at) => {
  const { page, context, base, ask, namespace, provider, canary, axe, picture } = at;
  await ask('apply', { yaml: echo(at) + configured(at, 'support', 'echo', 'echo') });
  const jane = await ask('person', { name: 'jane', rights: ['edit'] });

  // The browser lets go of the cookie when the token ends.
  await enter({ page, base }, jane.token, '#/keys');
  await page.getByRole('button', { name: 'Add key' }).first().click();
  const drawer = page.getByRole('dialog', { name: 'Add key' });
  await drawer.getByRole('radio', { name: 'OpenAI', exact: true }).check({ force: true });
  const key = drawer.getByLabel('Key', { exact: true });
  await key.fill(canary());
  await drawer.getByRole('textbox', { name: /^Name/ }).first().fill('team-a');
  await drawer.getByText('Advanced', { exact: true }).click();
  await drawer.getByLabel(/^Endpoint/).fill(`${provider}/v1`);
  await drawer.getByRole('switch', { name: /plain http/ }).click();
  await context.clearCookies();
  await drawer.getByRole('button', { name: 'Save untested' }).click();
  await again(page).waitFor();
  equal(await key.inputValue(), '', 'the key, while nobody is signed in');
  await axe('signed out in mid-edit');
  await picture('signed-out-in-mid-edit');
  await again(page).getByLabel('Token', { exact: true }).fill(jane.token);
  await page.keyboard.press('Enter');
  await again(page).waitFor({ state: 'detached' });
  equal(await drawer.getByRole('textbox', { name: /^Name/ }).first().inputValue(), 'team-a', 'the name');
  equal(await drawer.getByLabel(/^Endpoint/).inputValue(), `${provider}/v1`, 'the endpoint');
  equal(await key.inputValue(), '', 'the key');
  equal(await drawer.getByText(/signed in|session/i).count(), 0, 'complaints about a session that is there');
  await drawer.getByRole('button', { name: /^Save/ }).click();
  await drawer.getByText('Paste the key, or choose another source.').waitFor();
  await key.fill(canary());
  await drawer.getByRole('button', { name: /^Save/ }).click();
  await row(page, 'team-a').getByText('Ready', { exact: true }).waitFor();

  // The cluster takes the token back: nobody presses anything, and the page says so.
  await page.goto(`${base}#/configs/${namespace}/support`);
  const name = page.getByLabel(/^Display name/);
  await name.fill('Written before the end');
  await page.getByRole('region', { name: 'Save' }).getByText('No agent restarts.').waitFor();
  await kubectl(at, 'delete', 'serviceaccount', 'jane');
  await again(page).waitFor();
  await kubectl(at, 'create', 'serviceaccount', 'jane');
  const fresh = (await kubectl(at, 'create', 'token', 'jane')).trim();
  await again(page).getByLabel('Token', { exact: true }).fill(jane.token);
  await page.keyboard.press('Enter');
  await again(page).getByText(/This token is not accepted/).waitFor();
  await again(page).getByLabel('Token', { exact: true }).fill(fresh);
  await page.keyboard.press('Enter');
  await again(page).waitFor({ state: 'detached' });
  equal(await name.inputValue(), 'Written before the end', 'what was typed');
  await save(page).click();
  await page.getByText('Saved support.').waitFor();
  equal((await live(at, 'mcfg', 'support')).spec.displayName, 'Written before the end', 'what was saved');
  // And the stream goes on for the new session.
  await kubectl(at, 'patch', 'mcfg', 'support', '--type=merge', '-p', '{"spec":{"displayName":"From a terminal"}}');
  await eventually('the form has what was patched', async () => (await name.inputValue()) === 'From a terminal');
});

scenario('37 eight tabs all live on one event stream, also when the one that reads it is closed', {}, async (at) => {
  const { page, context, base, ask, metrics, guard } = at;
  await ask('apply', { yaml: echo(at) });
  const { token } = await ask('person', { name: 'jane', rights: ['edit'] });
  const readers = [];
  context.on('request', (request) => {
    if (request.url().includes('/api/events')) {
      readers.push(request.frame().page());
    }
  });
  await enter({ page, base }, token, '#/keys');
  const tabs = [page];
  while (tabs.length < 8) {
    const tab = await context.newPage();
    await tab.goto(`${base}#/keys`);
    tabs.push(tab);
  }
  const all = async (what) => {
    for (const tab of tabs) {
      await what(tab);
    }
  };
  await all((tab) => row(tab, 'echo').waitFor());
  // Also those that came when the stream was there already.
  await all((tab) => tab.getByText('Live', { exact: true }).waitFor());
  equal(readers.length, 1, 'readers of events');
  equal(await streams(metrics), 1, 'streams');
  await ask('apply', { yaml: echo(at, 'second') });
  await all((tab) => row(tab, 'second').waitFor());

  const reader = readers[0];
  tabs.splice(tabs.indexOf(reader), 1);
  await reader.close();
  await eventually('another tab reads', () => readers.length === 2);
  await ask('apply', { yaml: echo(at, 'third') });
  await all((tab) => row(tab, 'third').waitFor());
  await all((tab) => tab.getByText('Live', { exact: true }).waitFor());
  await eventually('one stream', async () => (await streams(metrics)) === 1);
  equal(guard.asked.filter((one) => one.includes('/api/events')).length, 2, 'streams that were ever asked for');
});

scenario('38 while the API server is away the page says how old it is, reads, refuses writes at once, and recovers', { expects: [503, 504] }, async (at) => {
  const { page, base, ask, namespace, axe, picture } = at;
  await ask('apply', { yaml: echo(at) + configured(at, 'support', 'echo', 'echo') });
  await told(at, `/config/model-configs/${namespace}.support`, 'it is ready', (one) => one?.state === 'Ready');
  const { token } = await ask('person', { name: 'jane', rights: ['edit'] });
  await enter({ page, base }, token, `#/configs/${namespace}/support`);
  const name = page.getByLabel(/^Display name/);
  await name.fill('Written in the outage');
  await page.getByRole('region', { name: 'Save' }).getByText('No agent restarts.').waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  const strip = page.getByText(/Cluster not reachable\. Showing the state of/);
  try {
    await ask('freeze');
    // Nobody knows yet; whoever saves now is told when nothing has come for six seconds.
    const began = Date.now();
    await save(page).click();
    await page.getByRole('region', { name: 'Save' }).getByRole('alert').waitFor();
    check(Date.now() - began < 8_000, `the first refusal takes ${Date.now() - began} ms`);
    equal(await name.inputValue(), 'Written in the outage', 'what was typed');

    await strip.waitFor();
    const age = async () => Number(/of (\d+) s ago/.exec(await strip.innerText())?.[1]);
    check((await age()) >= 30, `the strip says ${await strip.innerText()}`);
    await eventually('Save is off', async () => (await save(page).getAttribute('aria-disabled')) === 'true');
    equal(await save(page).getAttribute('title'), 'Not possible while the cluster is not reachable.', 'the reason');
    await axe('stale');
    await picture('stale-config');

    // Everything can be read, also by a page that is loaded now.
    await page.evaluate(() => { location.hash = '#/keys'; });
    await row(page, 'echo').waitFor();
    const add = page.getByRole('button', { name: 'Add key' }).first();
    await add.waitFor();
    await picture('stale-keys');
    const other = await page.context().newPage();
    await other.goto(`${base}#/configs`);
    await row(other, 'support').waitFor();
    await other.getByText(/Cluster not reachable\. Showing the state of/).waitFor();
    for (const screen of ['chat', 'models', 'agents', 'audit', 'status', 'settings']) {
      await other.evaluate((to) => { location.hash = `#/${to}`; }, screen);
      await other.getByRole('heading', { level: 1, name: new RegExp(screen, 'i') }).waitFor();
      await other.getByText(/Cluster not reachable/).first().waitFor();
    }
    await other.close();

    // A script is refused, too, and at once: it is known by now that nothing answers.
    const asked = performance.now();
    const refused = await fetch(`${base}api/config/model-configs/${namespace}.support`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-match': '*' },
      body: '{"displayName":"Never"}',
    });
    const took = performance.now() - asked;
    equal([refused.status, (await refused.json()).reason], [503, 'ApiServerUnavailable'], 'the refusal');
    check(took < 1_000, `a refusal takes ${took} ms`);
  } finally {
    await ask('resume');
  }
  // It recovers by itself, and what was typed can be saved now.
  await page.evaluate((to) => { location.hash = to; }, `#/configs/${namespace}/support`);
  await strip.waitFor({ state: 'detached' });
  equal(await name.inputValue(), 'Written in the outage', 'what was typed before the outage');
  equal((await live(at, 'mcfg', 'support')).spec.displayName, undefined, 'what the cluster has');
  await eventually('Save is on', async () => (await save(page).getAttribute('aria-disabled')) !== 'true');
  await save(page).click();
  await page.getByText('Saved support.').waitFor();
  equal((await live(at, 'mcfg', 'support')).spec.displayName, 'Written in the outage', 'what was saved');
  await page.getByText('Live', { exact: true }).waitFor();
});

const CUTS = 20;

scenario('39 a sidecar that restarts and a stream that is cut twenty times lose no change', { expects: ['net::ERR_', 502] }, async (at) => {
  const { page, base, ask, api, guard, namespace } = at;
  await ask('apply', { yaml: echo(at) + configured(at, 'support', 'echo', 'echo') });
  await told(at, `/config/model-configs/${namespace}.support`, 'it is ready', (one) => one?.state === 'Ready');
  const { token } = await ask('person', { name: 'jane', rights: ['edit'] });
  const door = await way(base);
  guard.knows(new URL(door.base).origin);
  try {
    await enter({ page, base: door.base }, token, '#/keys');
    await row(page, 'echo').waitFor();
    await page.evaluate(() => { globalThis.same = true; });
    const configs = await page.context().newPage();
    await configs.goto(`${door.base}#/configs`);
    await row(configs, 'support').waitFor();
    for (let cut = 1; cut <= CUTS; cut++) {
      // Before, in and after the gap.
      equal((await api('POST', '/config/api-keys', { namespace, name: `key-${cut}`, provider: 'Echo' })).status, 201);
      door.cut();
      equal((await api('PATCH', `/config/model-configs/${namespace}.support`, { displayName: `Edit ${cut}` })).status, 200);
      if (cut % 8 === 0) {
        await ask('again', {});
      }
      if (cut > 1) {
        check((await api('DELETE', `/config/api-keys/${namespace}.key-${cut - 1}?force=true`)).status < 300, 'deleted');
      }
      await eventually('the page reads again', () => door.streams() === 1);
      if (cut % 5 === 0) {
        // What is lost here is not made up for by a later change.
        await row(configs, 'support').getByText(`Edit ${cut}`, { exact: true }).waitFor();
        await eventually('the keys are those there are', async () => JSON.stringify((await rows(page)).map((one) => one.split(':')[0])) === JSON.stringify([`${namespace}.echo`, `${namespace}.key-${cut}`]));
      }
    }
    await row(page, `key-${CUTS}`).getByText('Ready', { exact: true }).waitFor();
    for (const [tab, hash] of [[page, '#/keys'], [configs, '#/configs']]) {
      const fresh = await page.context().newPage();
      await fresh.goto(door.base + hash);
      await fresh.locator('main tbody [role=row]').first().waitFor();
      equal(await rows(tab), await rows(fresh), `${hash}, which was open, against a fresh load`);
      await fresh.close();
    }
    check(await page.evaluate(() => globalThis.same), 'the page was not loaded again');
    await page.getByText('Live', { exact: true }).waitFor();
  } finally {
    door.close();
  }
});
