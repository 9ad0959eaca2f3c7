import { check, equal, eventually, loaded, scenario } from '../harness.mjs';
import { SCREENS } from './20-places.mjs';
import { withAgents } from './40-chat.mjs';

const LONG = `k${'long-name-'.repeat(30)}`.slice(0, 252) + 'x';
const RIGHT_TO_LEFT = `مفتاح 🔑👩‍👩‍👧‍👦 ${'ديمومة'.repeat(8)}`;
const UNBROKEN = 'ÄW'.repeat(60);

scenario('64 names of 253 characters, from right to left and with emoji stay in their place on every screen', { stage: withAgents({ [LONG]: 'default' }), expects: [400, 404, 422] }, async (at) => {
  const { page, signIn, api, go, axe, picture } = at;
  const keyNames = [];
  for (const [number, displayName] of [RIGHT_TO_LEFT, UNBROKEN, `\u202Etxt.exe ${'🧪'.repeat(40)}`].entries()) {
    let name = number === 0 ? LONG : `k${number}`;
    let made = await api('POST', '/config/api-keys', { name, provider: 'Echo', displayName });
    if (made.status === 422) {
      check(made.json.problems.length > 0 || made.json.detail.length > 0, made.text);
      // Not longer than the objects of a cluster may be called, and not written so that it reads as something else.
      name = number === 0 ? LONG.slice(0, 63).replace(/-$/, 'x') : name;
      made = await api('POST', '/config/api-keys', { name, provider: 'Echo', displayName: displayName.replaceAll('\u202E', '').slice(0, 60) });
    }
    equal(made.status, 201, made.text);
    keyNames.push(made.json.name);
  }
  const models = [`org/${'m'.repeat(240)}`, `${'نموذج-'.repeat(20)}🤖`];
  const made = [];
  for (const [number, model] of models.entries()) {
    const config = await api('POST', '/config/model-configs', { namespace: 'default', name: number === 0 ? keyNames[0] : `c${number}`, displayName: number === 0 ? UNBROKEN.slice(0, 60) : 'مفتاح 🔑', apiKeyRef: { name: keyNames[0] }, model, isDefault: number === 0, parameters: { stopSequences: ['🛑'.repeat(20)] } });
    check([201, 422].includes(config.status), config.text);
    if (config.status === 201) {
      made.push(config.json.name);
    }
  }
  check(made.length > 0, 'a config with a long model id');
  await signIn();
  const faults = [];
  const places = [...Object.keys(SCREENS), `keys/default/${keyNames[0]}`, `configs/default/${made[0]}`, `models/default/${made[0]}`];
  for (const width of [1440, 768, 320]) {
    await page.setViewportSize({ width, height: 800 });
    for (const place of places) {
      await go(`#/${place}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      if (place.split('/').length > 2 && !place.startsWith('configs')) {
        await page.getByRole('dialog').waitFor();
      }
      await loaded(page);
      const found = await page.evaluate(() => {
        const all = [];
        if (document.scrollingElement.scrollWidth > innerWidth) {
          all.push(`${document.scrollingElement.scrollWidth} px wide`);
        }
        const dialog = document.querySelector('dialog[open] .dialog-body');
        if (dialog !== null && dialog.scrollWidth > dialog.clientWidth) {
          all.push(`its dialog is ${dialog.scrollWidth} px wide of ${dialog.clientWidth}`);
        }
        // No text over that of a neighbour: cells of one row never meet.
        for (const row of document.querySelectorAll('tr[data-id]')) {
          const cells = [...row.children].filter((one) => one.offsetParent !== null && getComputedStyle(one).display === 'table-cell');
          for (const cell of cells) {
            const inside = cell.querySelector('.cell') ?? cell;
            // What it cuts off by itself is not seen.
            if (getComputedStyle(inside).overflowX === 'hidden') {
              continue;
            }
            for (const part of inside.querySelectorAll('*')) {
              if (part.getBoundingClientRect().right > cell.getBoundingClientRect().right + 2 && part.closest('.clip, .one-line, .spoken') === null) {
                all.push(`"${part.textContent.slice(0, 20)}" leaves its cell`);
              }
            }
          }
        }
        return all.slice(0, 3);
      });
      faults.push(...found.map((one) => `${place.slice(0, 20)} at ${width} px: ${one}`));
      if (width === 1440) {
        await axe(`${place.slice(0, 20)}, long names`);
      }
      await picture(`long-${place.split('/').map((one) => one.slice(0, 8)).join('-')}-${width}`);
    }
  }
  equal(faults, [], 'what is too long');
  await page.setViewportSize({ width: 1440, height: 900 });
  await go('#/chat');
  const picker = page.getByRole('combobox', { name: 'Model' });
  await picker.click();
  await eventually('the list is open', async () => (await page.getByRole('option').count()) > 0);
  const list = await page.getByRole('listbox').evaluate((one) => [one.scrollWidth <= one.clientWidth + 1, one.getBoundingClientRect().right <= innerWidth]);
  equal(list, [true, true], 'the list of models stays in its place');
});
