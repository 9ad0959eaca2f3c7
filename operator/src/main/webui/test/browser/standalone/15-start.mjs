import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { check, equal, eventually, listening, row, scenario } from '../harness.mjs';

const ring = () => randomBytes(32).toString('base64url') + '=';

const [before, other] = [ring(), ring()];

scenario('07 another ENCRYPTION_KEY is refused at the start; told to forget, the rows ask for a new key and nothing is lost', { stage: { env: { ENCRYPTION_KEY: before } }, expects: ['net::ERR_', 401, 500, 503, 422] }, async (at) => {
  const { page, signIn, api, ask, canary, provider, axe, picture, guard, base } = at;
  guard.canary(before);
  guard.canary(other);
  const key = canary();
  for (const name of ['first', 'second']) {
    equal((await api('POST', '/config/api-keys', { name, provider: 'OpenAI', key, endpoint: `${provider}/v1`, allowInsecureEndpoint: true })).status, 201, name);
  }
  equal((await api('POST', '/config/api-keys', { name: 'free', provider: 'Echo' })).status, 201);
  equal((await api('POST', '/config/model-configs', { namespace: 'default', name: 'support', apiKeyRef: { name: 'first' }, model: 'gpt-5', isDefault: true })).status, 201);
  await eventually('the config is in force', async () => (await api('GET', '/config/model-configs/default.support')).json.state === 'Ready');
  const stored = await ask('file', { name: 'data/config.db' }).then(() => true, (failure) => String(failure).includes('Malformed'));
  check(stored, 'there is a store');

  // Refused, in words, with its code, and without a byte of any key.
  const refused = await ask('again', { env: { ENCRYPTION_KEY: other } }).then(() => 'it started', (failure) => failure.message);
  check(/exit 78: InvalidEncryptionKey: none of the 1 given keys opens .*config\.db \(2 stored keys\)\./.test(refused), refused);
  check(refused.includes('--forget-unreadable-keys'), refused);
  for (const secret of [before, other, key]) {
    check(!refused.includes(secret.slice(0, 12)), 'a key is in the refusal');
  }
  // Without any key, and with a file beside the store forbidden, it is refused, too.
  const none = await ask('again', { env: { ENCRYPTION_KEY: '' } }).then(() => 'it started', (failure) => failure.message);
  check(/exit 78: InvalidEncryptionKey: keys are stored in/.test(none), none);
  // The refusals have changed nothing.
  await ask('again', { env: { ENCRYPTION_KEY: before } });
  equal((await api('GET', '/config/api-keys/default.first')).json.state, 'Ready', 'with the key of before');

  await ask('again', { env: { ENCRYPTION_KEY: other }, flags: { '--forget-unreadable-keys': 'true' } });
  await signIn('#/keys');
  await row(page, 'first').getByText('Needs a new key').waitFor();
  await row(page, 'second').getByText('Needs a new key').waitFor();
  await row(page, 'free').getByText('Ready').waitFor();
  await axe('keys, some need a new key');
  await picture('keys-need-a-new-key');
  // The same without a page that was opened before, and in every place that tells of it.
  equal((await api('GET', '/config/api-keys?limit=500')).json.items.map(({ name, state }) => [name, state]).sort(), [['first', 'NeedsNewKey'], ['free', 'Ready'], ['second', 'NeedsNewKey']], 'the states');
  await page.goto(`${base}#/keys/default/first`);
  const details = page.getByRole('dialog', { name: 'first' });
  await details.getByText(/new key|enter|encrypt/i).first().waitFor();
  await axe('details of a key that cannot be opened');
  await picture('keys-details-need-a-new-key');
  await page.keyboard.press('Escape');

  // A question does not hang, and says which key it is about.
  await page.goto(`${base}#/chat`);
  await page.getByRole('textbox', { name: 'Your question' }).fill('Anybody there?');
  await page.getByRole('button', { name: /^Send/ }).click();
  await page.getByRole('article', { name: /^Answer of/ }).getByRole('alert').waitFor();
  const said = await page.getByRole('article', { name: /^Answer of/ }).getByRole('alert').innerText();
  check(/first|key/i.test(said), said);
  await picture('chat-needs-a-new-key');

  // Entered again, it works at once; the other one is as it was.
  await page.goto(`${base}#/keys`);
  await row(page, 'first').getByRole('button', { name: 'Actions for first' }).click();
  await page.getByRole('menuitem', { name: 'Replace key' }).click();
  const replace = page.getByRole('dialog', { name: /Replace the key of first/ });
  await replace.getByLabel('Key', { exact: true }).fill(canary());
  await replace.getByRole('button', { name: /Save|Replace/ }).last().click();
  await replace.waitFor({ state: 'hidden' });
  await row(page, 'first').getByText('Ready').waitFor();
  await row(page, 'second').getByText('Needs a new key').waitFor();

  // Nothing was deleted: with both encryption keys, all of it opens.
  await ask('again', { env: { ENCRYPTION_KEY: `${other},${before}` }, flags: { '--forget-unreadable-keys': null } });
  await eventually('the second opens again', async () => (await api('GET', '/config/api-keys/default.second')).json.state === 'Ready');
  equal((await api('GET', '/config/api-keys/default.first')).json.state, 'Ready', 'the one that was entered again');
  // By now everything is on the first of them.
  await ask('again', { env: { ENCRYPTION_KEY: other } });
  equal((await api('GET', '/config/api-keys?limit=500')).json.items.map(({ state }) => state), ['Ready', 'Ready', 'Ready'], 'the states at last');
});

/** The server as it is, and after an upgrade: every asset has another name then, and the old names are gone. */
async function upgradable(base) {
  const inner = new URL(base);
  const state = { version: 1, asked: [], loads: 0, broken: new RegExp('^$') };
  const names = (text, from, to) => text.replaceAll(/([\w-]+-[\w-]{8})(\.v\d)?\.(js|css|svg)/g, (all, name, given = '', kind) => (given === from ? `${name}${to}.${kind}` : all));
  const { origin, close } = await listening((asked, answer) => {
    const asset = /\/assets\//.test(asked.url);
    const given = /(\.v\d)\.(?:js|css|svg)$/.exec(asked.url)?.[1] ?? '';
    state.asked.push(asked.url);
    state.loads += Number(asked.method === 'GET' && asked.url === inner.pathname);
    if (asset && (given !== `.v${state.version}` || state.broken.test(asked.url))) {
      answer.writeHead(404, { 'content-type': 'text/plain' }).end();
      return;
    }
    const headers = { ...asked.headers };
    delete headers['accept-encoding'];
    const textual = asset || asked.url === inner.pathname;
    if (textual) {
      delete headers['if-none-match'];
    }
    const passed = request({ host: inner.hostname, port: inner.port, method: asked.method, path: asset ? names(asked.url, given, '') : asked.url, headers }, (told) => {
      const { etag, 'content-length': _, ...rest } = told.headers;
      if (!textual) {
        answer.writeHead(told.statusCode, told.headers);
        told.pipe(answer);
        return;
      }
      const pieces = [];
      told.on('data', (piece) => pieces.push(piece));
      told.on('end', () => answer.writeHead(told.statusCode, rest).end(names(Buffer.concat(pieces).toString('utf8'), '', `.v${state.version}`)));
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
    answer.on('close', () => passed.destroy());
  });
  return { state, url: `${origin}${inner.pathname}`, close };
}

scenario('61 an upgrade while the page is open loads it anew once, at the same place, and never in a circle', { expects: [404, 'Failed to fetch', 'Unable to preload', 'net::ERR_'] }, async (at) => {
  const { base, context, ask, guard, api } = at;
  await api('POST', '/config/api-keys', { name: 'echo', provider: 'Echo' });
  const site = await upgradable(base);
  try {
    guard.knows(new URL(site.url).origin);
    const page = await context.newPage();
    const { login } = await ask('login');
    await page.goto(site.url + new URL(login).hash);
    await page.getByRole('heading', { level: 1, name: 'Chat' }).waitFor();
    const loads = () => site.state.loads;
    const first = loads();

    site.state.version = 2;
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Keys', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Keys' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'echo' }).waitFor();
    check(page.url().endsWith('#/keys'), page.url());
    equal(loads() - first, 1, 'how often the page was loaded for it');
    check(site.state.asked.some((one) => /\.v2\.js$/.test(one)), 'it is the new page');

    // A dialog whose script is gone must not take away what stands on the page.
    site.state.version = 3;
    await page.getByRole('searchbox').first().fill('echo');
    await page.getByRole('button', { name: 'Add key' }).click();
    await page.getByText(/newer|changed|reload/i).first().waitFor();
    equal(await page.getByRole('searchbox').first().inputValue(), 'echo', 'what was typed');
    equal(loads() - first, 1, 'loads for a dialog');
    await page.getByRole('button', { name: /Reload/ }).click();
    await page.getByRole('dialog', { name: 'Add key' }).waitFor();
    equal(loads() - first, 2, 'loads by the button');
    await page.keyboard.press('Escape');

    // A server that cannot give a script at all: once anew, then it is said, and the rest goes on.
    const loaded = loads();
    const known = new Set(site.state.asked.filter((one) => one.endsWith('.v3.js')));
    site.state.broken = { test: (url) => url.endsWith('.js') && !known.has(url) };
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Audit', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: /reload|newer|changed/i }).waitFor();
    // A loop would come round in this time; that nothing happens can only be waited for.
    await page.waitForTimeout(2_000);
    equal(loads() - loaded, 1, 'loads for a script that nobody has');
    check(page.url().endsWith('#/audit'), page.url());
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Keys', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Keys' }).waitFor();
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Status', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: /reload|newer|changed/i }).waitFor();
    // The same.
    await page.waitForTimeout(1_000);
    check(loads() - loaded <= 2, `the page was loaded ${loads() - loaded} times`);
    site.state.broken = { test: () => false };
    await page.getByRole('alert').getByRole('button', { name: /Reload/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Status' }).waitFor();

    // What is half written is not taken away by a new load: it is asked first.
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Chat', exact: true }).click();
    await page.getByRole('textbox', { name: 'Your question' }).fill('A long question');
    const written = loads();
    site.state.version = 4;
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Agents', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'A new version is there' }).waitFor();
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Chat', exact: true }).click();
    equal(await page.getByRole('textbox', { name: 'Your question' }).inputValue(), 'A long question', 'what was written');
    equal(loads(), written, 'loads while something is half written');
    await page.getByRole('textbox', { name: 'Your question' }).fill('');

    // A server that is away was not upgraded: a new load would end in the error page of the browser.
    await ask('stop');
    site.state.broken = { test: () => true };
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Configs', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'The server was not reached' }).waitFor();
    equal(loads(), written, 'loads without a server');
    await ask('again', {});
    site.state.broken = { test: () => false };
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Configs' }).waitFor();
    await page.close();
  } finally {
    site.close();
  }
});
