import { check, equal, eventually, listening, loaded, row, scenario } from '../harness.mjs';
import { SCREENS } from './20-places.mjs';

// Limits are those of the design. What an input costs is the time that the processor works for it: how long one waits
// for that depends on what else the machine does, and it may do ten other things on two cores.
const INPUT_MS = 100;
const TRIES = 7;

/** From before the first script on: what moved by itself, and when there was something to be seen. */
async function measured(page) {
  await page.addInitScript(() => {
    const seen = { shift: 0, shifts: [], paint: 0 };
    globalThis.__seen = seen;
    new PerformanceObserver((list) => {
      for (const one of list.getEntries()) {
        if (!one.hadRecentInput) {
          seen.shift += one.value;
          seen.shifts.push([Number(one.value.toFixed(4)), ...one.sources.slice(0, 3).map(({ node }) => `${node?.nodeName}.${node?.className ?? ''}`)]);
        }
      }
    }).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver((list) => { seen.paint = list.getEntriesByName('first-contentful-paint')[0]?.startTime ?? seen.paint; }).observe({ type: 'paint', buffered: true });
  });
}

const look = (page) => page.evaluate(() => globalThis.__seen);

const median = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;

/** How long the thread of the page has worked, in ms of the processor. */
async function clock({ page, context }) {
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1_000;
  };
}

const drawn = (page) => page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));

/** What each of these costs, until it is drawn. */
async function costs(at, inputs) {
  const worked = await clock(at);
  const all = [];
  for (const input of inputs) {
    await drawn(at.page);
    const before = await worked();
    await input();
    await drawn(at.page);
    all.push((await worked()) - before);
  }
  return all;
}

/**
 * The least that it costs in several tries is what the page needs; whatever comes on top is what others on the same cores do to it.
 *
 * @param usual what half of the inputs may cost at most
 */
async function staysQuick(what, play, usual = INPUT_MS / 2) {
  const tries = [];
  for (let turn = 0; turn < TRIES; turn += 1) {
    const all = await play();
    // One of them may meet the collector of garbage.
    const [worst, next] = [...all].sort((one, other) => other - one);
    tries.push(all.map(Math.round).join(' '));
    console.log(`${what}: an input costs ${tries.at(-1)} ms`);
    if (median(all) <= usual && next <= INPUT_MS && worst <= 2 * INPUT_MS) {
      return;
    }
  }
  check(false, `${what}: inputs cost ${tries.join(' ms, ')} ms`);
}

const typed = (page, text) => [...text].map((letter) => () => page.keyboard.press(letter));
const erased = (page, count) => Array.from({ length: count }, () => () => page.keyboard.press('Backspace'));

const documents = (count, one) => Array.from({ length: count }, (_, number) => one(String(number).padStart(3, '0'))).join('---\n');

async function manyKeys({ api }, count) {
  const yaml = documents(count, (number) => `apiVersion: llmconfig.dev/v1alpha1\nkind: ApiKeyConfig\nmetadata: {name: key-${number}, namespace: default}\nspec: {provider: Echo}\n`);
  const imported = await api('POST', '/import', yaml, { 'content-type': 'application/yaml' });
  equal(imported.status, 200, imported.text.slice(0, 300));
}

scenario('56 five hundred keys are listed, filtered and sorted at once', {}, async (at) => {
  const { page, signIn } = at;
  await manyKeys(at, 500);
  await measured(page);
  await signIn('#/keys');
  await row(page, 'key-000').waitFor();
  const rows = await page.getByRole('row').count();
  check(rows < 150, `${rows} rows are drawn for 500 keys`);
  const heading = page.getByRole('columnheader', { name: /Name/ });
  await staysQuick('filter and sort of 500 keys', async () => {
    await page.getByRole('searchbox').first().focus();
    const letters = await costs(at, typed(page, 'key-499'));
    await row(page, 'key-499').waitFor();
    await eventually('the others are out', async () => (await page.getByRole('row').count()) === 2);
    letters.push(...(await costs(at, erased(page, 7))));
    equal(await heading.getAttribute('aria-sort'), 'ascending', 'how they are sorted');
    letters.push(...(await costs(at, [() => heading.getByRole('button').click()])));
    await row(page, 'key-499').waitFor();
    await heading.getByRole('button').click();
    await row(page, 'key-000').waitFor();
    return letters;
  });
});

/** A provider that counts who asks at the same time; some keys are wrong, one never answers in time. */
async function counted(pause) {
  const seen = { most: 0, now: 0, asked: 0 };
  const { origin, close } = await listening((asked, answer) => {
    seen.now += 1;
    seen.asked += 1;
    seen.most = Math.max(seen.most, seen.now);
    setTimeout(() => {
      seen.now -= 1;
      const wrong = asked.headers.authorization?.includes('wrong');
      answer.writeHead(wrong ? 401 : 200, { 'content-type': 'application/json' });
      answer.end(JSON.stringify(wrong ? { error: { message: 'no', type: 'invalid_request_error', code: 'invalid_api_key' } } : { object: 'list', data: [{ id: 'gpt-5', object: 'model', owned_by: 'x' }] }));
    }, pause);
  });
  return { seen, url: `${origin}/v1`, close };
}

scenario('56 a test of twenty keys at once: four at a time, each verdict in its row, and it can be stopped', { expects: [429] }, async (at) => {
  const { page, signIn, api, canary, axe, picture } = at;
  const provider = await counted(400);
  try {
    for (let number = 0; number < 20; number += 1) {
      const key = canary(number % 5 === 0 ? 'sk-proj-wrong-' : 'sk-proj-');
      const made = await api('POST', '/config/api-keys', { name: `bulk-${String(number).padStart(2, '0')}`, provider: 'OpenAI', key, endpoint: provider.url, allowInsecureEndpoint: true });
      equal(made.status, 201, made.text);
    }
    equal((await api('POST', '/config/api-keys', { name: 'aside', provider: 'Echo' })).status, 201);
    await eventually('every key has its first verdict', async () => (await api('GET', '/config/api-keys?limit=500')).json.items.every((one) => ['Ready', 'Refused'].includes(one.state)));
    const before = Object.fromEntries((await api('GET', '/config/api-keys?limit=500')).json.items.map(({ name, checkedAt }) => [name, checkedAt]));
    provider.seen.most = 0;
    await signIn('#/keys');
    await row(page, 'bulk-19').waitFor();
    await page.getByRole('searchbox').first().fill('bulk');
    await row(page, 'aside').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Test all' }).click();
    await page.getByRole('status').filter({ hasText: /Testing \d+ of 20/ }).waitFor();
    // Meanwhile nothing waits for it.
    await page.getByRole('searchbox').first().fill('bulk-1');
    await row(page, 'bulk-02').waitFor({ state: 'detached' });
    await page.getByRole('searchbox').first().fill('bulk');
    await axe('keys, testing');
    await page.getByText('16 accepted, 4 not: see their states.').waitFor();
    await picture('keys-tested-20');
    check(provider.seen.most <= 4, `${provider.seen.most} tests at the same time`);
    const after = (await api('GET', '/config/api-keys?limit=500')).json.items;
    equal(after.filter((one) => one.name.startsWith('bulk') && one.checkedAt === before[one.name]).map(({ name }) => name), [], 'keys that were not tested');
    equal(after.find((one) => one.name === 'aside').checkedAt, before['aside'], 'the key that the filter leaves out');
    for (const { name, state } of after.filter((one) => one.name.startsWith('bulk'))) {
      await row(page, name).getByText(state === 'Refused' ? 'Refused' : 'Ready').waitFor();
      equal(state, Number(name.slice(-2)) % 5 === 0 ? 'Refused' : 'Ready', name);
    }
    // Stopped, the rest is not asked for.
    const asked = provider.seen.asked;
    await page.getByRole('button', { name: 'Test all' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Test all' }).waitFor();
    await eventually('nobody waits any more', () => provider.seen.now === 0);
    // That no others come can only be waited for.
    await page.waitForTimeout(1_000);
    check(provider.seen.asked - asked < 30, `${provider.seen.asked - asked} requests after a stop`);
  } finally {
    provider.close();
  }
});

/** A provider with very many models. */
async function manyModels(count) {
  const ids = Array.from({ length: count }, (_, number) => `org-${number % 40}/model-${String(number).padStart(4, '0')}-instruct`);
  const { origin, close } = await listening((asked, answer) => {
    answer.writeHead(200, { 'content-type': 'application/json' });
    answer.end(asked.url.includes('/models') ? JSON.stringify({ object: 'list', data: ids.map((id) => ({ id, object: 'model', owned_by: 'x' })) }) : JSON.stringify({ choices: [{ message: { role: 'assistant', content: 'pong' }, finish_reason: 'stop' }], usage: { prompt_tokens: 1, completion_tokens: 1 } }));
  });
  return { url: `${origin}/v1`, close };
}

scenario('57 of two thousand models few are drawn; filter, sort and scrolling stay quick', {}, async (at) => {
  const { page, signIn, api, canary, base, axe, picture } = at;
  const provider = await manyModels(1_000);
  try {
    for (const name of ['OpenAI', 'Mistral']) {
      const made = await api('POST', '/config/api-keys', { name: name.toLowerCase(), provider: name, key: canary(), endpoint: provider.url, allowInsecureEndpoint: true });
      equal(made.status, 201, made.text);
    }
    await eventually('two thousand models are listed', async () => (await api('GET', '/config/models?view=compact&limit=2000')).json.total >= 2_000);
    await manyKeys(at, 498);
    await measured(page);
    await signIn('#/models');
    const rows = page.getByRole('table').getByRole('row');
    await row(page, 'model-0000-instruct').first().waitFor();

    const times = [];
    const moved = [];
    for (let turn = 0; turn < TRIES; turn += 1) {
      const start = Date.now();
      await page.goto('about:blank');
      await page.goto(`${base}#/models`);
      await row(page, 'model-0000-instruct').first().waitFor();
      times.push(Date.now() - start);
      moved.push((await look(page)).shift);
    }
    const { shifts, paint } = await look(page);
    const shift = median(moved);
    const worked = await clock(at);
    const start = await worked();
    await page.reload();
    await row(page, 'model-0000-instruct').first().waitFor();
    const work = (await worked()) - start;
    console.log(`Models of 500 keys and 2,000 models: usable after ${times.join(' ')} ms, first content after ${Math.round(paint)} ms, ${Math.round(work)} ms of work, shift ${shift.toFixed(4)}`);
    check(work <= 1_000, `the Models screen takes ${work} ms of work`);
    check(shift <= 0.02, `what was there moved by ${shift}: ${JSON.stringify(shifts)}`);

    check(Number(await page.getByRole('table').getAttribute('aria-rowcount')) > 2_000, 'the table says how long it is');
    check((await rows.count()) < 150, `${await rows.count()} rows are drawn`);
    const sorter = page.getByRole('columnheader', { name: /Model/ }).getByRole('button');
    await staysQuick('filter and sort of 2,000 models', async () => {
      await page.getByRole('searchbox').first().focus();
      const letters = await costs(at, typed(page, 'model-0777'));
      await eventually('two providers have it', async () => (await rows.filter({ hasText: 'model-0777' }).count()) === 2);
      letters.push(...(await costs(at, erased(page, 10))));
      letters.push(...(await costs(at, [() => sorter.click(), () => sorter.click()])));
      return letters;
    });

    // Down to the end and back, a screen at a time, with a picture for each.
    const steps = Array.from({ length: 30 }, (_, step) => () => page.evaluate((part) => scrollTo(0, document.scrollingElement.scrollHeight * part), (step < 15 ? step : 30 - step) / 15));
    // Each step draws all rows anew.
    await staysQuick('scrolling through 2,000 models', () => costs(at, steps), INPUT_MS);
    await page.evaluate(() => scrollTo(0, document.scrollingElement.scrollHeight));
    await eventually('the last row is drawn', async () => (await page.getByRole('table').innerText()).includes('model-0999') || (await page.getByRole('table').innerText()).includes('model-0000'));
    check((await rows.count()) < 150, `${await rows.count()} rows are drawn at the end`);
    const seen = await page.evaluate(() => {
      const middle = document.elementsFromPoint(innerWidth / 2, innerHeight / 2).find((one) => one.closest('tr:not(.space)'));
      return middle !== undefined;
    });
    check(seen, 'there is a row in the middle of the window, and no gap');
    await axe('models, the end of 2,000');
    await picture('models-2000');
  } finally {
    provider.close();
  }
});

scenario('58 a thousand changes in a storm: every input stays quick, and the end is that of a fresh load', {}, async (at) => {
  const { page, signIn, api, base } = at;
  await manyKeys(at, 200);
  await measured(page);
  await signIn('#/keys');
  await row(page, 'key-000').waitFor();
  await page.getByRole('searchbox').first().focus();
  const worked = await clock(at);
  const before = await worked();

  let written = 0;
  const writer = async (from) => {
    for (let turn = 0; turn < 250; turn += 1) {
      const number = String((from + turn * 4) % 200).padStart(3, '0');
      const answer = await api('PATCH', `/config/api-keys/default.key-${number}`, { displayName: `Turn ${turn} of ${from}` });
      equal(answer.status, 200, answer.text);
      written += 1;
    }
  };
  const began = Date.now();
  const storm = Promise.all([0, 1, 2, 3].map(writer));
  const all = [];
  while (written < 1_000) {
    const seen = written;
    all.push(...(await costs(at, typed(page, 'key-1'))), ...(await costs(at, erased(page, 5))));
    await eventually('the storm goes on', () => written > seen || written >= 1_000);
  }
  await storm;
  const work = (await worked()) - before;
  console.log(`a storm of 1,000 changes in ${Date.now() - began} ms: ${Math.round(work)} ms of work, ${all.length} inputs of ${Math.round(median(all))} ms, at most ${Math.round(Math.max(...all))} ms`);
  check(all.length >= 20, `${all.length} inputs in the storm`);
  check(median(all) <= INPUT_MS, `in a storm an input costs ${all.map(Math.round).join(' ')} ms`);
  check(work / (Date.now() - began) <= 0.5, `${Math.round(work)} ms of work for the storm`);

  const names = async (some) => Object.fromEntries(await some.getByRole('table', { name: 'Keys' }).locator('tr[data-id]').evaluateAll((rows) => rows.map((one) => [one.dataset.id, one.querySelector('th').innerText])));
  const wanted = Object.fromEntries((await api('GET', '/config/api-keys?limit=500')).json.items.map(({ id, displayName }) => [id, displayName]));
  await eventually('the page has the last of the changes', async () => Object.entries(await names(page)).every(([id, text]) => text.includes(wanted[id])));
  const shown = await names(page);
  await page.goto('about:blank');
  await page.goto(`${base}#/keys`);
  await row(page, 'key-000').waitFor();
  equal(await names(page), shown, 'a fresh load');
});

scenario('nothing moves by itself while a screen comes', {}, async (at) => {
  const { page, signIn, api, base } = at;
  for (const name of ['one', 'two', 'three']) {
    equal((await api('POST', '/config/api-keys', { name, provider: 'Echo' })).status, 201);
    equal((await api('POST', '/config/model-configs', { namespace: 'default', name, apiKeyRef: { name }, model: 'echo', isDefault: name === 'one' })).status, 201);
  }
  await measured(page);
  await signIn();
  const moved = [];
  for (const [screen, title] of Object.entries(SCREENS)) {
    for (const width of [1440, 400]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto('about:blank');
      await page.goto(`${base}#/${screen}`);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await loaded(page);
      // What moves late, moves now; that nothing does can only be waited for.
      await page.waitForTimeout(400);
      const { shift, shifts } = await look(page);
      if (shift > 0.02) {
        moved.push(`${screen} at ${width} px by ${shift.toFixed(3)}: ${JSON.stringify(shifts)}`);
      }
    }
  }
  equal(moved, [], 'screens that move by more than 0.02');
});
