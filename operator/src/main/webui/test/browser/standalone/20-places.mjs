import { request } from 'node:http';
import { check, equal, listening, scenario } from '../harness.mjs';
import { say } from './40-chat.mjs';

export const SCREENS = { chat: 'Chat', keys: 'Keys', models: 'Models', configs: 'Configs', agents: 'Agents', audit: 'Audit', status: 'Status', settings: 'Settings' };

async function everyScreen(page) {
  for (const [screen, title] of Object.entries(SCREENS)) {
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: title, exact: true }).click();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    check(page.url().endsWith(`#/${screen}`), `${page.url()} is where ${screen} is`);
  }
}

/** What needs more than files: a stream of changes, and an answer that streams in. */
async function everythingLives(page, api) {
  await everyScreen(page);
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Chat', exact: true }).click();
  await say(page, 'Good morning through all this');
  await page.getByRole('article', { name: /^Answer of/ }).filter({ hasText: 'Good morning through all this' }).waitFor();
  await page.getByRole('note', { name: 'Figures of this answer' }).waitFor();
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Keys', exact: true }).click();
  await page.getByRole('button', { name: /^Add (the first )?key/ }).first().waitFor();
  const made = await api('POST', '/config/api-keys', { name: 'below', provider: 'Echo' });
  equal(made.status, 201, made.text);
  await page.getByRole('row').filter({ hasText: 'below' }).getByText('Ready', { exact: true }).waitFor();
}

scenario('59 below a path of its own: every screen, events and chat', { stage: { flags: { '--base-path': '/llm/' } } }, async (at) => {
  const { page, base, signIn, api, axe } = at;
  check(base.endsWith('/llm/'), base);
  await signIn();
  check(page.url().startsWith(base), page.url());
  await everythingLives(page, api);
  await axe('keys below a path');
  await page.goto(base.slice(0, -1));
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  equal(new URL(page.url()).pathname, '/llm/', 'where one is who forgot the slash');
});

scenario('59 behind a proxy that takes the path away', {}, async (at) => {
  const { page, base, ask, api, guard } = at;
  const inner = new URL(base);
  const paths = [];
  const proxy = await listening((asked, answer) => {
    paths.push(asked.url);
    if (!asked.url.startsWith('/tools/llm/')) {
      answer.writeHead(404).end();
      return;
    }
    const passed = request({ host: inner.hostname, port: inner.port, method: asked.method, path: asked.url.slice('/tools/llm'.length), headers: asked.headers }, (told) => {
      answer.writeHead(told.statusCode, told.headers);
      told.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
    answer.on('close', () => passed.destroy());
  });
  try {
    const outer = `${proxy.origin}/tools/llm/`;
    guard.knows(proxy.origin);
    const { login } = await ask('login');
    await page.goto(outer + new URL(login).hash);
    await everythingLives(page, api);
    check(page.url().startsWith(outer), page.url());
    await page.getByText(/^Live$/).or(page.getByTitle(/Changes appear by themselves/)).first().waitFor();
    // A deep link, opened anew, and out again.
    await page.goto('about:blank');
    await page.goto(`${outer}#/keys/default/below`);
    await page.getByRole('dialog', { name: 'below' }).waitFor();
    equal(paths.filter((path) => !path.startsWith('/tools/llm/')), [], 'addresses that leave the path');
    await page.close();
  } finally {
    proxy.close();
  }
});

scenario('60 no screen asks anybody but its own server', {}, async ({ page, signIn, context, base }) => {
  const asked = new Set();
  context.on('request', (one) => asked.add(new URL(one.url()).origin));
  await signIn();
  await everyScreen(page);
  equal([...asked], [new URL(base).origin], 'who was asked');
});

scenario('53 axe finds nothing on any screen of an empty store, in both themes', {}, async ({ page, signIn, go, axe }) => {
  await signIn();
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const [screen, title] of Object.entries(SCREENS)) {
      await go(`#/${screen}`);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await axe(`${screen}, ${colorScheme}`);
    }
  }
});

scenario('54 nothing scrolls sideways at 320 px', {}, async ({ page, signIn, go }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn();
  const wide = [];
  for (const [screen, title] of Object.entries(SCREENS)) {
    await go(`#/${screen}`);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    const [width, room] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
    if (width > room) {
      wide.push(`${screen} is ${width} wide`);
    }
  }
  equal(wide, [], 'screens that scroll sideways');
});
