import { check, equal, eventually, loaded, scenario } from '../harness.mjs';
import { SCREENS } from './20-places.mjs';
import { end, piece, say, withAgents, withModels } from './40-chat.mjs';

const STAGE = withAgents({ chat: 'm0' });
const THEMES = ['light', 'dark'];

/** What has the focus: its name, and what is wrong with how it is seen. */
function focused(page) {
  return page.evaluate(() => {
    const one = document.activeElement;
    if (one === null || one === document.body) {
      return { name: '', body: true };
    }
    const labelled = one.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.textContent).join(' ');
    const name = [one.getAttribute('aria-label') ?? labelled ?? one.labels?.[0]?.textContent ?? one.textContent ?? '', one.tagName, one.type ?? ''].join(' ').trim();
    const dialogs = [...document.querySelectorAll('dialog[open]')];
    const top = dialogs.at(-1);
    const { left, top: above, right, bottom, width, height } = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    // A native control that is drawn by its label shows the focus there.
    const shown = width < 2 || height < 2 || style.opacity === '0' || style.clipPath !== 'none' ? (one.labels?.[0] ?? one.parentElement) : one;
    const box = shown.getBoundingClientRect();
    const [x, y] = [Math.min(Math.max((box.left + box.right) / 2, 1), innerWidth - 1), Math.min(Math.max((box.top + box.bottom) / 2, 1), innerHeight - 1)];
    const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    // Any part of it that is to be seen is enough: something long may reach below a bar.
    const points = [[x, y], [x, box.top + 3], [x, box.bottom - 3], [box.left + 3, y], [box.right - 3, y]];
    const uncovered = points.some(([px, py]) => {
      const hit = document.elementFromPoint(px, py);
      return hit !== null && (shown.contains(hit) || hit.contains(one) || one.labels?.[0]?.contains(hit) === true);
    });
    return { name, body: false, inside: top === undefined || top.contains(one), hidden: !inView || !uncovered, box: [left, above, right, bottom].map(Math.round), outline: style.outlineStyle !== 'none' || getComputedStyle(shown).outlineStyle !== 'none' || getComputedStyle(one.parentElement).outlineStyle !== 'none' || (one.labels?.[0] !== undefined && [one.labels[0], ...one.labels[0].children].some((part) => getComputedStyle(part).outlineStyle !== 'none' || getComputedStyle(part, '::before').outlineStyle !== 'none')) };
  });
}

/**
 * Every dialog of the page: where it is, and how it is opened. `by` is what has the focus before, and again afterwards;
 * what is opened from a menu gives it back to the button of the menu.
 */
const DIALOGS = [
  { at: '#/keys', name: 'Add key', by: (page) => page.getByRole('button', { name: 'Add key' }) },
  { at: '#/keys', name: 'fake', by: (page) => page.getByRole('row').filter({ hasText: 'fake' }).getByRole('link', { name: 'fake' }) },
  ...['Replace key', 'Edit', 'Suspend', 'Delete'].map((item) => ({ at: '#/keys', name: new RegExp(item.split(' ')[0]), by: (page) => page.getByRole('button', { name: 'Actions for fake' }), item })),
  ...['Export for Git', 'Import'].map((item) => ({ at: '#/keys', name: item, by: (page) => page.getByRole('button', { name: 'Export and import' }), item })),
  { at: '#/models', name: /./, title: 'a model', by: (page) => page.getByRole('row').filter({ hasText: 'claude-sonnet-4-5' }).getByRole('link').first() },
  { at: '#/models', name: /./, title: 'a model by its id', by: (page) => page.getByRole('button', { name: /Enter a model id/ }) },
  { at: '#/models', name: /Compare/, before: async (page) => { for (const box of [0, 1]) { await page.getByRole('checkbox').nth(box).check(); } }, by: (page) => page.getByRole('button', { name: /^Compare/ }) },
  { at: '#/configs', name: /Set .* as default/, by: (page) => page.getByRole('button', { name: 'Actions for m1' }), item: 'Set as default' },
  { at: '#/configs', name: /Delete/, by: (page) => page.getByRole('button', { name: 'Actions for m1' }), item: 'Delete' },
  { at: '#/agents', name: /chat/, by: (page) => page.getByRole('table').getByRole('link', { name: 'chat' }).first() },
  { at: '#/chat', name: 'Get code', by: (page) => page.getByRole('button', { name: 'Get code' }) },
  { at: '#/settings', name: /Delete/, by: (page) => page.getByRole('button', { name: 'Delete fake' }) },
  { at: '#/settings', name: /./, title: 'a default with parameters', by: (page) => page.getByRole('region', { name: 'Model' }).getByRole('button', { name: 'Save', exact: true }) },
  { at: '#/status', name: /./, title: 'help', by: (page) => page.getByRole('button', { name: 'Help and shortcuts' }) },
  { at: '#/status', name: /./, title: 'the palette', by: (page) => page.getByRole('button', { name: /^Search/ }) },
];

const titled = ({ title, item, name }) => title ?? item ?? String(name);

async function opened(page, hash, title = SCREENS[hash.slice(2)]) {
  await page.evaluate((to) => { location.hash = to; }, hash);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await loaded(page);
}

scenario('53 and 55 each dialog takes the focus, keeps it, never hides it, gives it back, and axe finds nothing in it', { stage: STAGE }, async (at) => {
  const { page, signIn, axe, picture } = at;
  await withModels(at, 'gpt-5-mini', 'claude-sonnet-4-5');
  await signIn();
  const faults = [];
  for (const one of DIALOGS) {
    const what = `${one.at}: ${titled(one)}`;
    try {
      await opened(page, one.at);
      await one.before?.(page);
      const opener = one.by(page);
      await opener.waitFor();
      await opener.focus();
      await page.keyboard.press('Enter');
      if (one.item !== undefined) {
        const item = page.getByRole('menuitem', { name: one.item, exact: true });
        await item.waitFor();
        await eventually('the menu has the focus', () => page.evaluate(() => document.activeElement?.closest('[role=menu]') !== null));
        for (let step = 0; step < 12 && !(await item.evaluate((here) => here === document.activeElement)); step += 1) {
          await page.keyboard.press('ArrowDown');
        }
        await page.keyboard.press('Enter');
      }
      const dialog = page.getByRole('dialog', { name: one.name });
      await dialog.waitFor();
      await eventually(`${what} has the focus`, () => page.evaluate(() => document.querySelector('dialog[open]')?.contains(document.activeElement) === true));
      await loaded(page, 'dialog[open]');
      const visited = new Set();
      for (const way of ['Tab', 'Shift+Tab']) {
        for (let step = 0; step < 30; step += 1) {
          await page.keyboard.press(way);
          const here = await focused(page);
          // Between the last and the first a browser goes by its own bar.
          if (!here.body) {
            check(here.inside, `after ${way} the focus is outside, on "${here.name}"`);
            check(!here.hidden, `the focus is on "${here.name}" at ${here.box}, and cannot be seen`);
            visited.add(here.name);
          }
        }
      }
      check(visited.size > 1, `only ${[...visited]} can be reached`);
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        await axe(`${what}, ${colorScheme}`);
        await picture(`dialog-${titled(one).replaceAll(/[^a-z]+/gi, '-').toLowerCase()}-${colorScheme}`);
      }
      await page.emulateMedia({ colorScheme: 'light' });
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await eventually('the focus is where it was', () => one.by(page).evaluate((here) => here === document.activeElement), 3_000);
    } catch (failure) {
      faults.push(`${what}: ${failure.message}`);
      await page.keyboard.press('Escape');
      await page.reload();
      await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    }
  }
  equal(faults, [], 'dialogs that are wrong');
});

scenario('55 a dialog over a dialog gives the focus back to it, and a question about what is gone to the heading', { stage: STAGE }, async (at) => {
  const { page, signIn, api } = at;
  await withModels(at, 'gpt-5-mini', 'claude-sonnet-4-5');
  await api('POST', '/config/api-keys', { name: 'short-lived', provider: 'Echo' });
  await signIn('#/models');
  await page.getByRole('row').filter({ hasText: 'claude-sonnet-4-5' }).getByRole('link').first().click();
  const drawer = page.getByRole('dialog').first();
  const opener = drawer.getByRole('button', { name: 'Set as default' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await eventually('there are two', async () => (await page.locator('dialog[open]').count()) === 2);
  await page.keyboard.press('Escape');
  await eventually('there is one', async () => (await page.locator('dialog[open]').count()) === 1);
  check(await opener.evaluate((one) => one === document.activeElement), 'the focus is back in the dialog below');
  await page.keyboard.press('Escape');
  await eventually('there is none', async () => (await page.locator('dialog[open]').count()) === 0);

  await page.evaluate(() => { location.hash = '#/keys'; });
  await page.getByRole('button', { name: 'Actions for short-lived' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const ask = page.getByRole('dialog', { name: /Delete/ });
  await ask.getByRole('button', { name: /Delete/ }).click();
  await ask.waitFor({ state: 'hidden' });
  await page.getByRole('row').filter({ hasText: 'short-lived' }).waitFor({ state: 'detached' });
  const where = await page.evaluate(() => [document.activeElement?.tagName, document.activeElement?.isConnected]);
  equal(where, ['H1', true], 'what has the focus after the row is gone');
});

const PROBLEM = (status, reason) => JSON.stringify({ type: `https://llmconfig.dev/problems/${reason}`, title: 'Not now', status, reason, requestId: 'r-1', detail: 'The mirror cannot be read.', action: 'Try again in a moment.', ...(status === 403 && { verb: 'list', resource: 'apikeyconfigs.llmconfig.dev', namespace: 'default' }) });

scenario('53 axe finds nothing on any screen: filled, loading, refused, failed, in both themes', { stage: STAGE, expects: [403, 503, 'ERR_FAILED', 'net::ERR_'] }, async (at) => {
  const { page, signIn, axe, ask, picture, base } = at;
  await withModels(at, 'gpt-5-mini', 'claude-sonnet-4-5');
  await signIn();
  await ask('plays', { model: 'gpt-5-mini', pieces: [piece('# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nlet x = 1;\n```\n\n> quoted [link](https://example.com)\n'), end()] });
  await say(page, 'All kinds');
  await page.getByRole('cell', { name: '2' }).waitFor();
  const ways = {
    filled: undefined,
    loading: (route) => void route,
    forbidden: (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: PROBLEM(403, 'Forbidden') }),
    failed: (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: PROBLEM(503, 'MirrorUnavailable') }),
  };
  const lists = /\/api\/(config\/(api-keys|model-configs|models)|agents|audit|status|providers|profiles)(\?|$)/;
  for (const [way, answer] of Object.entries(ways)) {
    if (answer !== undefined) {
      await page.route(lists, answer);
    }
    for (const [screen, title] of Object.entries(SCREENS)) {
      if (answer !== undefined) {
        await page.goto('about:blank');
      }
      await page.goto(`${base}#/${screen}`);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      // What comes then is another thing on each screen, and while it loads nothing comes.
      await page.waitForTimeout(300);
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        await axe(`${screen}, ${way}, ${colorScheme}`);
      }
      await picture(`state-${screen}-${way}`);
    }
    await page.unroute(lists);
  }
});

scenario('53 an answer is announced once when it begins and once when it is there, whatever its length', {}, async (at) => {
  const { page, signIn, ask } = at;
  await withModels(at, 'gpt-5-mini');
  await signIn();
  await page.getByRole('textbox', { name: 'Your question' }).waitFor();
  await page.evaluate(() => {
    globalThis.__said = [];
    const live = '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log], output';
    const told = new WeakMap();
    new MutationObserver((all) => {
      // A region that comes with its text is read, too.
      const came = all.flatMap(({ addedNodes }) => [...addedNodes]).filter((one) => one.nodeType === 1).flatMap((one) => [one, ...one.querySelectorAll(live)]).filter((one) => one.matches(live));
      for (const target of [...all.map((one) => one.target), ...came]) {
        const region = (target.nodeType === 1 ? target : target.parentElement)?.closest(live);
        const text = region?.textContent?.trim();
        if (region !== null && region !== undefined && text !== '' && told.get(region) !== text) {
          told.set(region, text);
          globalThis.__said.push(text);
        }
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await ask('plays', { model: 'gpt-5-mini', pieces: [...Array.from({ length: 120 }, (_, number) => piece(`word${number} `)), end()] });
  await say(page, 'Speak');
  await page.getByRole('note', { name: 'Figures of this answer' }).waitFor();
  await eventually('its end was announced', async () => (await page.evaluate(() => globalThis.__said)).includes('Answer complete, 120 words'));
  equal(await page.evaluate(() => globalThis.__said), ['Answering', 'Answer complete, 120 words'], 'what was announced');
  const article = page.getByRole('article', { name: /^Answer of/ });
  equal(await article.evaluate((one) => one.closest('[aria-live], [role=log], [role=status]') === null), true, 'the thread is not live');

  // What fails is an alert, once, and nothing is said to be complete.
  await page.evaluate(() => { globalThis.__said.length = 0; });
  await ask('plays', { model: 'gpt-5-mini', pieces: [piece('Half '), piece('of it')], ending: 'Cut' });
  await say(page, 'Break');
  await article.last().getByRole('alert').waitFor();
  await eventually('the page is at rest', async () => (await page.getByRole('button', { name: /^Send/ }).count()) === 1);
  const said = await page.evaluate(() => globalThis.__said);
  equal(said.filter((one) => one === 'Answering').length, 1, 'how often it began');
  equal(said.filter((one) => /What had come is kept/.test(one)).length, 1, `how often the end was told: ${JSON.stringify(said)}`);
  check(!said.some((one) => /complete/.test(one)), JSON.stringify(said));
});

/** What is wider than the window, and text that leaves its box where nothing cuts it off. */
const wide = (page) => page.evaluate(() => {
  const found = [];
  if (document.scrollingElement.scrollWidth > innerWidth) {
    found.push(`the page is ${document.scrollingElement.scrollWidth} px wide of ${innerWidth}`);
  }
  for (const one of document.querySelectorAll('main *, header *, nav *, dialog[open] *')) {
    const { right, left, width, height } = one.getBoundingClientRect();
    if (width > 1 && height > 1 && (right > innerWidth + 1 || left < -1) && getComputedStyle(one).visibility === 'visible' && one.closest('.spoken, [popover]') === null) {
      // What scrolls or cuts by itself may be wider inside.
      let box = one.parentElement;
      while (box !== null && getComputedStyle(box).overflowX === 'visible') {
        box = box.parentElement;
      }
      if (box === null || box === document.documentElement || box === document.body) {
        found.push(`${one.tagName.toLowerCase()}.${String(one.className?.baseVal ?? one.className).split(' ')[0]} from ${Math.round(left)} to ${Math.round(right)}: ${one.textContent.trim().slice(0, 30)}`);
      }
    }
  }
  return found.slice(0, 5);
});

scenario('54 at 320 px and at 400 % nothing scrolls sideways, and each control can be reached and is seen', { stage: STAGE }, async (at) => {
  const { page, signIn, picture } = at;
  await withModels(at, 'gpt-5-mini', 'claude-sonnet-4-5');
  await signIn();
  const faults = [];
  // 1280 by 1024 at 400 % is 320 by 256.
  for (const height of [640, 256]) {
    await page.setViewportSize({ width: 320, height });
    for (const [screen, title] of [...Object.entries(SCREENS), ['configs/default/m0', 'm0'], ['configs/new', 'New config']]) {
      await opened(page, `#/${screen}`, title);
      faults.push(...(await wide(page)).map((one) => `${screen}, ${height} px high: ${one}`));
      const seen = new Set();
      for (let step = 0; step < 70; step += 1) {
        await page.keyboard.press('Tab');
        const here = await focused(page);
        if (here.body) {
          break;
        }
        const key = `${here.name} ${here.box}`;
        if (here.hidden && !seen.has(key)) {
          faults.push(`${screen}, ${height} px high: the focus is on "${here.name.slice(0, 60)}" at ${here.box}, and cannot be seen`);
        }
        seen.add(key);
      }
      check(seen.size > 3, `${screen}: ${seen.size} controls`);
      await picture(`narrow-${screen.replaceAll('/', '-')}-${height}`);
    }
  }
  equal(faults, [], 'what is wrong in a small window');
});

scenario('54 each dialog fits into 320 px', { stage: STAGE }, async (at) => {
  const { page, signIn, picture } = at;
  await withModels(at, 'gpt-5-mini', 'claude-sonnet-4-5');
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn();
  const faults = [];
  for (const one of DIALOGS.filter(({ at: place, name }) => place !== '#/chat' && String(name) !== '/Compare/')) {
    const what = `${one.at}: ${titled(one)}`;
    await opened(page, one.at);
    try {
      await one.by(page).click();
      if (one.item !== undefined) {
        await page.getByRole('menuitem', { name: one.item, exact: true }).click();
      }
      const dialog = page.getByRole('dialog', { name: one.name });
      await dialog.waitFor();
      await loaded(page, 'dialog[open]');
      faults.push(...(await wide(page)).map((fault) => `${what}: ${fault}`));
      await picture(`narrow-dialog-${titled(one).replaceAll(/[^a-z]+/gi, '-').toLowerCase()}`);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    } catch (failure) {
      faults.push(`${what}: ${failure.message}`);
      await page.reload();
      await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    }
  }
  equal(faults, [], 'what is wrong with dialogs in a small window');
});

scenario('54 with forced colours every state is still to be told apart, and with reduced motion nothing moves', { stage: STAGE }, async (at) => {
  const { page, signIn, ask, axe, picture } = at;
  await withModels(at, 'gpt-5-mini', 'claude-sonnet-4-5');
  await signIn();
  await page.emulateMedia({ forcedColors: 'active' });
  for (const screen of Object.keys(SCREENS)) {
    await opened(page, `#/${screen}`);
    await axe(`${screen}, forced colours`);
    await picture(`forced-${screen}`);
    const bare = await page.evaluate(() => [...document.querySelectorAll('main button:not(.sorter), main a.button, main input:not([type=radio], [type=checkbox], [type=range], [type=file]), main select, main textarea')].filter((one) => one.offsetParent !== null).filter((one) => {
      const style = getComputedStyle(one);
      const box = one.closest('.key-field, .number-box, .combobox, .composer, .input-frame');
      return style.borderTopWidth === '0px' && style.outlineStyle === 'none' && one.textContent.trim() === '' && one.getAttribute('aria-label') === null && (box === null || getComputedStyle(box).borderTopWidth === '0px');
    }).map((one) => one.outerHTML.slice(0, 100)));
    equal(bare, [], `${screen}: fields without an edge`);
    // The place where one is.
    const here = page.getByRole('navigation', { name: 'Screens' }).locator('a[aria-current=page]');
    const other = page.getByRole('navigation', { name: 'Screens' }).locator('a:not([aria-current])').first();
    const look = (one) => one.evaluate((link) => ['color', 'backgroundColor', 'borderInlineStartColor', 'borderInlineStartWidth', 'boxShadow', 'textDecorationLine', 'fontWeight', 'outlineStyle'].map((name) => getComputedStyle(link)[name]).join(' '));
    check((await look(here)) !== (await look(other)), `${screen}: the entry of this screen looks like the others`);
  }
  // On and off, chosen and not: pictures that differ.
  const differs = async (one, change, what) => {
    const before = await one.screenshot();
    await change();
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.activeElement?.blur());
    check(!before.equals(await one.screenshot()), `${what} looks the same`);
  };
  await opened(page, '#/models');
  const toggle = page.getByRole('button', { name: 'tools' }).first();
  await differs(toggle, () => toggle.click(), 'a filter that is on');
  await opened(page, '#/settings');
  const send = page.getByRole('switch', { name: 'Send max tokens' });
  await send.waitFor();
  await differs(send, () => send.click(), 'a switch that is on');
  await page.emulateMedia({ forcedColors: 'none' });

  // The page is opened with reduced motion; while an answer is awaited, there is most to move.
  await ask('thinks', { ms: 1_500 });
  await opened(page, '#/chat');
  await say(page, 'Slowly');
  await page.getByText('Waiting for the first word').waitFor();
  const moving = await page.evaluate(() => document.getAnimations().filter((one) => one.playState === 'running' && Number(one.effect?.getComputedTiming().endTime) > 50).map((one) => one.animationName ?? one.transitionProperty));
  equal(moving, [], 'what moves');
  await page.getByRole('note', { name: 'Figures of this answer' }).waitFor();
  await ask('thinks', { ms: 0 });

  // And where it may move, only what costs no layout does.
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.evaluate(() => { location.hash = '#/keys'; });
  await page.getByRole('button', { name: 'Add key' }).click();
  const properties = await page.evaluate(() => [...new Set(document.getAnimations().flatMap((one) => (one.effect?.getKeyframes?.() ?? []).flatMap((frame) => Object.keys(frame))))].filter((name) => !['offset', 'computedOffset', 'easing', 'composite', 'opacity', 'transform', 'overlay', 'display', 'backgroundColor', 'color', 'borderColor', 'borderTopColor', 'borderBottomColor', 'borderLeftColor', 'borderRightColor'].includes(name)));
  equal(properties, [], 'properties that move');
});
