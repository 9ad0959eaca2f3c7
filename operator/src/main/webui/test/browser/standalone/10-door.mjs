import { check, equal, listening, scenario } from '../harness.mjs';

const FORM = { name: 'Sign in' };

scenario('01 the address that is printed signs in once, and its second use is refused', { expects: [401] }, async (at) => {
  const { page, ask, browser, guard } = at;
  const { login } = await ask('login');
  const word = new URL(login).hash.replace('#login=', '');
  guard.canary(word);
  await page.goto(login);
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  check(!page.url().includes('login'), 'the word is out of the address');
  await page.reload();
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();

  const other = await browser.newContext();
  const second = await other.newPage();
  await second.goto(login);
  await second.getByRole('heading', FORM).waitFor();
  await second.getByRole('alert').or(second.locator('[data-tone=bad], .banner')).first().waitFor();
  check(!second.url().includes('login'), 'the word is out of the address, though it was refused');
  equal(await second.getByRole('navigation', { name: 'Screens' }).count(), 0, 'the frame of a page that is not signed in');
  await other.close();
});

scenario('01 an address that is opened in a tab where the page is already signs in there', {}, async ({ page, ask, base }) => {
  await page.goto(base);
  await page.getByRole('heading', FORM).waitFor();
  const { login } = await ask('login');
  await page.evaluate((to) => { location.hash = new URL(to).hash; }, login);
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  check(!page.url().includes('login'), 'the word is out of the address');
});

scenario('01 a wrong token is refused in words, and a right one opens the place that was asked for', { expects: [401] }, async (at) => {
  const { page, base, token, axe } = at;
  await page.goto(`${base}#/audit`);
  await page.getByRole('heading', FORM).waitFor();
  await axe('login');
  const field = page.getByLabel('Token', { exact: true });
  check(await field.evaluate((one) => one === document.activeElement), 'the field has the focus');
  await field.fill('wrong-token-0123456789');
  await page.getByRole('button', FORM).click();
  await page.getByText(/not accept/i).first().waitFor();
  await axe('login, refused');
  equal(await field.inputValue(), '', 'what is left of the token in the field');
  await field.fill(token);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
  check(page.url().endsWith('#/audit'), 'the place is the one that was asked for');
});

scenario('50 every answer carries the policy and the headers, whatever it is', {}, async ({ page, base, token, api, signIn, context }) => {
  const answers = [];
  context.on('response', (answer) => answers.push(answer));
  await signIn('#/keys');
  await page.getByRole('heading', { level: 1, name: 'Keys' }).waitFor();
  const wanted = {
    'content-security-policy': /^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types dompurify$/,
    'x-frame-options': /^DENY$/,
    'x-content-type-options': /^nosniff$/,
    'referrer-policy': /^no-referrer$/,
    'cross-origin-opener-policy': /^same-origin$/,
    'cross-origin-resource-policy': /^same-origin$/,
  };
  check(answers.length > 6, `only ${answers.length} answers were seen`);
  for (const answer of answers) {
    const headers = await answer.allHeaders();
    for (const [name, value] of Object.entries(wanted)) {
      check(value.test(headers[name] ?? ''), `${answer.url()} says ${name}: ${headers[name]}`);
    }
  }
  const kinds = answers.map((answer) => new URL(answer.url()).pathname);
  check(kinds.some((path) => path.endsWith('.js')) && kinds.some((path) => path.includes('/api/')), 'scripts and answers of the API were seen');
  for (const path of ['nowhere', 'assets/nowhere-00000000.js', 'api/nowhere']) {
    const answer = await fetch(new URL(path, base));
    equal(answer.status, 404, path);
    check(answer.headers.get('content-security-policy')?.startsWith("default-src 'none'"), path);
  }
  equal((await api('GET', '/providers')).headers.get('x-frame-options'), 'DENY');
  check(token.length > 0);
});

scenario('49 a page of somebody else can neither write nor read nor frame', { expects: ['net::ERR_', 'Refused', 'blocked', 'violates', 'CORS', 'X-Frame-Options', 403, 401, 404, 415], elsewhere: true }, async (at) => {
  const { page, base, signIn, context, api, guard } = at;
  await signIn();
  const before = (await api('GET', '/config/api-keys')).json.total;
  const evil = await listening((request, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end(`<form id="form" method="post" action="${base}api/config/api-keys" enctype="text/plain"><input name='{"name":"evil","provider":"Echo","x":"' value='"}'></form><iframe id="frame" src="${base}"></iframe><img id="image" src="${base}api/config/api-keys">`);
  });
  try {
    // Another port of the same machine is the same site, which is the harder case: cookies are sent.
    guard.knows(evil.origin);
    const other = await context.newPage();
    await other.goto(`${evil.origin}/`);
    const heard = await other.evaluate(async (to) => {
      const tries = {
        read: () => fetch(`${to}api/config/api-keys`, { credentials: 'include' }),
        write: () => fetch(`${to}api/config/api-keys`, { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json', 'x-llmconfig-csrf': '1' }, body: '{"name":"evil","provider":"Echo"}' }),
        simple: () => fetch(`${to}api/config/api-keys`, { method: 'POST', credentials: 'include', mode: 'no-cors', headers: { 'content-type': 'text/plain' }, body: '{"name":"evil","provider":"Echo"}' }),
      };
      const heard = {};
      for (const [name, attempt] of Object.entries(tries)) {
        heard[name] = await attempt().then((answer) => answer.type, () => 'failed');
      }
      const image = document.getElementById('image');
      await image.decode().catch(() => {});
      return { ...heard, image: image.naturalWidth };
    }, base);
    equal(heard.read, 'failed', 'a foreign read');
    equal(heard.write, 'failed', 'a foreign write');
    equal(heard.image, 0, 'a foreign image');
    await Promise.all([
      other.waitForEvent('framenavigated'),
      other.evaluate(() => document.getElementById('form').submit()),
    ]);
    equal((await api('GET', '/config/api-keys')).json.total, before, 'the keys after all that');
    const frames = other.frames().filter((frame) => frame.url().startsWith(base) && frame !== other.mainFrame());
    for (const frame of frames) {
      equal(await frame.locator('#app').count(), 0, 'the page in a frame of somebody else');
    }
    await other.close();
  } finally {
    evil.close();
  }
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
});
