import { check, equal, eventually, scenario } from '../harness.mjs';
import { agentOf, CLIPBOARD, configOf, copied, keyIs, keyOf, live, named, row, task } from '../cluster.mjs';
import { enter } from './10-door.mjs';

/** The drawer *Add key*, filled in up to the key; the provider of the tests listens without encryption. */
export async function adding({ page, provider, go }, { key, name, displayName, path = '/v1', of = 'OpenAI' }) {
  await go('#/keys/new');
  const drawer = page.getByRole('dialog', { name: 'Add key' });
  const where = drawer.getByLabel('Namespace', { exact: true });
  await drawer.getByRole('radio', { name: of, exact: true }).check({ force: true });
  if ((await where.count()) > 0) {
    await where.selectOption({ index: 1 });
  }
  if (key !== undefined) {
    await drawer.getByLabel('Key', { exact: true }).fill(key);
  }
  if (name !== undefined) {
    await drawer.getByLabel(/^Name \(/).fill(name);
  }
  if (displayName !== undefined) {
    await drawer.getByLabel(/^Display name/).fill(displayName);
  }
  await drawer.getByText('Advanced', { exact: true }).click();
  await drawer.getByLabel(/^Endpoint/).fill(`${provider}${path}`);
  await drawer.getByRole('switch', { name: /plain http/ }).click();
  return drawer;
}

const save = (drawer) => drawer.getByRole('button', { name: /^Save/ }).click();

/** Signs in, with the lists of the one namespace. */
export async function beginAs(at, rights, name = 'jane', hash = '#/keys') {
  const { token } = await at.ask('person', { name, rights });
  await enter(at, token, hash);
  await at.page.getByRole('combobox', { name: 'Namespace' }).selectOption(at.namespace);
}

/** Secrets that the page has made. */
const made = (at) => named(at, 'secrets', '-l', 'app.kubernetes.io/managed-by=llm-config-playground').then((all) => all.map((one) => one.metadata.name));

const nowhere = (text, key, what) => {
  const forms = [key, key.slice(-12), Buffer.from(key).toString('base64').replaceAll('=', '')];
  check(!forms.some((form) => text.includes(form)), `the key is in ${what}`);
};

scenario('14 a key becomes a token in the object, makes no Secret of its own, and is shown as a mask', CLIPBOARD, async (at) => {
  const { page, ask, namespace, canary, picture } = at;
  await ask('apply', { yaml: keyOf(at, 'first') });
  await beginAs(at, ['edit']);
  const key = canary();
  const drawer = await adding(at, { key, name: 'team-a', displayName: 'Team A' });
  await picture('cluster-add-key');
  await save(drawer);
  await row(page, 'team-a').getByText('Ready').waitFor();
  const mask = `sk-proj-***${key.slice(-4)}`;
  const details = page.getByRole('dialog', { name: /^team-a/ });
  await details.getByText(mask).waitFor();
  await details.getByText('Encrypted', { exact: true }).waitFor();
  const object = await live(at, 'akc', 'team-a');
  check(/^llmkey1\.|^gAAAA|\w{40}/.test(object.spec.encryptedKey), 'the object has a token');
  equal([object.spec.secretRef, object.spec.sealedKey], [undefined, undefined], 'other sources');
  nowhere(JSON.stringify(object), key, 'the object');
  equal(ownersOfAll(object), ['llm-config-playground'], 'who wrote the spec');
  equal(await made(at), [], 'Secrets that the page made');
  // Copied into Git it is applied as it is, and is the same key: nothing to decrypt, nothing to ask.
  const yaml = await copied(page, () => details.getByRole('button', { name: 'Copy YAML' }).click());
  check(yaml.includes(object.spec.encryptedKey) && !yaml.includes('status:'), 'the YAML has the token, and no status');
  nowhere(yaml, key, 'the YAML');
  await ask('apply', { yaml });
  equal((await live(at, 'akc', 'team-a')).metadata.generation, object.metadata.generation, 'the generation after the YAML was applied');
  // The token is of this object: under another name it opens nothing.
  await ask('apply', { yaml: yaml.replace('name: "team-a"', 'name: "stolen"').replace('name: team-a', 'name: stolen') });
  await row(page, 'stolen').getByText('Needs a new key').waitFor();
  await picture('cluster-key-bound-elsewhere');
  equal(await live(at, 'secret', 'stolen-llmkey'), undefined, 'a Secret for who copied the token');
  await page.keyboard.press('Escape');
  await row(page, 'team-a').getByText(mask).waitFor();
  equal((await at.api('GET', `/config/api-keys/${namespace}.team-a`)).json.source, 'EncryptedKey', 'the source');
});

const ownersOfAll = (object) => object.metadata.managedFields.filter((one) => one.subresource === undefined && one.fieldsV1['f:spec'] !== undefined).map((one) => one.manager);

scenario('15 a key in a Secret: none is left where the object is refused, and one of somebody else is not touched', { expects: [403, 409, 422] }, async (at) => {
  const { page, ask, namespace, provider, canary, axe, picture } = at;
  // The dry run passes; only the real thing is refused.
  const policy = `refuses-${namespace}`;
  await ask('apply', { yaml: `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: ${policy}}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules: [{apiGroups: [llmconfig.dev], apiVersions: ["*"], operations: [CREATE], resources: [apikeyconfigs]}]
  validations:
    - expression: "(has(request.dryRun) && request.dryRun) || !object.metadata.name.startsWith('refused')"
      message: Names like this are for nobody.
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: ${policy}}
spec:
  policyName: ${policy}
  validationActions: [Deny]
  matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ${namespace}}}}
---
${keyOf(at, 'first')}
apiVersion: v1
kind: Secret
metadata: {name: taken-key, namespace: ${namespace}}
stringData: {api-key: of-somebody-else}
` });
  try {
    const wanted = { namespace, name: 'refused-at-all', provider: 'Echo' };
    await eventually('the policy is in force', async () => (await at.api('POST', '/config/api-keys', wanted)).status !== 201 || (await ask('kubectl', { arguments: ['delete', 'akc', 'refused-at-all'] }), false));
    await beginAs(at, ['edit', 'secrets']);
    const inSecret = async (name, key) => {
      const drawer = await adding(at, { key, name });
      await drawer.getByRole('radio', { name: /In a Secret/ }).check({ force: true });
      await save(drawer);
      return drawer;
    };
    let drawer = await inSecret('refused-a', canary());
    const banner = drawer.getByRole('alert');
    await banner.first().waitFor();
    check(/\w/.test(await banner.first().innerText()), 'it is said why');
    await axe('add key, the object is refused');
    await picture('cluster-object-refused');
    equal(await live(at, 'akc', 'refused-a'), undefined, 'the object');
    equal(await live(at, 'secret', 'refused-a-key'), undefined, 'the Secret that was made for it');
    check((await drawer.getByLabel('Key', { exact: true }).inputValue()) !== '', 'the key that was typed is still there');
    await drawer.getByRole('button', { name: 'Cancel' }).click();

    drawer = await inSecret('taken', canary());
    await drawer.getByRole('alert').getByText(/already/).first().waitFor();
    await drawer.getByRole('button', { name: 'Cancel' }).click();
    const taken = await live(at, 'secret', 'taken-key');
    equal([Buffer.from(taken.data['api-key'], 'base64').toString(), taken.metadata.annotations?.['llmconfig.dev/allowed-endpoints'], await live(at, 'akc', 'taken')], ['of-somebody-else', undefined, undefined], 'the Secret of somebody else');

    const key = canary();
    await inSecret('good', key);
    await row(page, 'good').getByText('Ready').waitFor();
    const [object, secret] = [await live(at, 'akc', 'good'), await eventually('the key owns its Secret', async () => {
      const now = await live(at, 'secret', 'good-key');
      return now.metadata.ownerReferences && now;
    })];
    equal(object.spec.secretRef, { key: 'api-key', name: 'good-key' }, 'where the object says the key is');
    equal(Buffer.from(secret.data['api-key'], 'base64').toString() === key, true, 'the Secret holds the key');
    equal(secret.metadata.annotations['llmconfig.dev/allowed-endpoints'], `${provider}/v1`, 'where the key may go');
    equal(secret.metadata.ownerReferences[0].uid, object.metadata.uid, 'whose Secret it is');
    nowhere(JSON.stringify(object), key, 'the object');
  } finally {
    await ask('kubectl', { arguments: ['delete', 'validatingadmissionpolicybinding,validatingadmissionpolicy', policy] });
  }
});

scenario('16 an existing Secret is picked by its name; who may not read it may not have it used', { expects: [403] }, async (at) => {
  const { page, base, context, ask, namespace, provider, canary, axe, picture } = at;
  const key = canary();
  await ask('apply', { yaml: `${keyOf(at, 'first')}
apiVersion: v1
kind: Secret
metadata: {name: of-the-team, namespace: ${namespace}, annotations: {llmconfig.dev/allowed-endpoints: "${provider}/v1"}}
stringData: {token: ${key}, note: not the one}
` });
  await beginAs(at, ['edit', 'secrets']);
  let drawer = await adding(at, { name: 'picked' });
  await drawer.getByRole('radio', { name: /Existing Secret/ }).check({ force: true });
  await drawer.getByRole('combobox', { name: 'Secret', exact: true }).click();
  await page.getByRole('option', { name: 'of-the-team' }).click();
  await drawer.getByRole('combobox', { name: 'Field of the Secret' }).click();
  await page.getByRole('option', { name: 'note' }).waitFor();
  await page.getByRole('option', { name: 'token' }).click();
  await axe('add key, from a Secret');
  await picture('cluster-secret-picked');
  await save(drawer);
  await row(page, 'picked').getByText('Ready').waitFor();
  equal((await live(at, 'akc', 'picked')).spec.secretRef, { key: 'token', name: 'of-the-team' }, 'what the object names');
  await page.getByRole('dialog', { name: 'picked' }).getByText(`sk-proj-***${key.slice(-4)}`).waitFor();

  await page.goto('about:blank');
  await context.clearCookies();
  const { token } = await ask('person', { name: 'john', rights: ['edit'] });
  await enter({ page, base }, token, '#/keys');
  drawer = await adding(at, { name: 'stolen' });
  await drawer.getByRole('radio', { name: /Existing Secret/ }).check({ force: true });
  await drawer.getByText('The names cannot be listed; type it.').waitFor();
  await drawer.getByRole('combobox', { name: 'Secret', exact: true }).fill('of-the-team');
  await page.keyboard.press('Tab');
  await drawer.getByText('Its fields cannot be read; type the name of the field.').waitFor();
  await drawer.getByRole('combobox', { name: 'Field of the Secret' }).fill('token');
  await page.keyboard.press('Tab');
  const told = drawer.getByRole('alert').filter({ hasText: `system:serviceaccount:${namespace}:john may not get Secret of-the-team` });
  await drawer.getByRole('button', { name: /^Test/ }).click();
  await told.waitFor();
  await save(drawer);
  await told.nth(1).waitFor();
  await picture('cluster-secret-unreadable');
  equal(await live(at, 'akc', 'stolen'), undefined, 'the object');
});

scenario('17 a mask is no key, and a key is no name', { expects: [422, 400] }, async (at) => {
  const { page, ask, namespace, provider, canary, api, axe, picture } = at;
  await ask('apply', { yaml: keyOf(at, 'first', { key: 'sk-proj-0123456789abcdefghijABCD' }) });
  await keyIs(at, 'first', 'Ready');
  await beginAs(at, ['edit']);
  const calls = (await ask('calls')).length;
  const drawer = await adding(at, { key: 'sk-proj-***ABCD', name: 'masked' });
  const field = drawer.getByLabel('Key', { exact: true });
  for (const mask of ['sk-proj-***ABCD', 'sk-proj-••••ABCD', 'sk-proj-●●●●ABCD', 'sk-proj-…ABCD', '***']) {
    await field.fill(mask);
    await save(drawer);
    await drawer.locator('.field.invalid').filter({ hasText: 'Key' }).getByText(/mask/).first().waitFor();
    await eventually('the field has the focus', () => field.evaluate((one) => one === document.activeElement));
  }
  await axe('add key, a mask');
  await picture('cluster-mask-as-key');

  const secret = canary();
  await field.fill('sk-proj-another-0123456789abcdef');
  const fields = [[/^Name \(/, secret], [/^Display name/, `Key ${secret}`], [/^Headers/, `x-team: ${secret}`], [/^Endpoint/, `${provider}/v1/${secret}`]];
  for (const [label, text] of fields) {
    const one = drawer.getByLabel(label);
    const before = await one.inputValue();
    await one.fill(text);
    await save(drawer);
    const said = drawer.getByText(/looks like a key/i).first();
    await said.waitFor();
    check((await one.getAttribute('aria-invalid')) === 'true', `${label} is marked`);
    if (String(label).includes('Name')) {
      await picture('cluster-key-as-name');
    }
    await one.fill(before);
  }
  await drawer.getByRole('button', { name: 'Cancel' }).click();

  // The mask of the very key, as one copies it from the list.
  await task(page, 'first', 'Replace key');
  const replace = page.getByRole('dialog', { name: 'Replace the key of first' });
  await replace.getByLabel('Key', { exact: true }).fill('sk-proj-***ABCD');
  await save(replace);
  await replace.getByText(/mask/).first().waitFor();
  await axe('replace key, a mask');
  await replace.getByRole('button', { name: 'Cancel' }).click();
  equal((await named(at, 'akc')).map((one) => one.metadata.name), ['first'], 'keys');
  equal((await ask('calls')).length, calls, 'questions to the provider');
  const { text } = await api('GET', `/audit?namespace=${namespace}`);
  nowhere(text, secret, 'the audit');
});

scenario('18 what stands around a key is taken away, and it is said; what stands in it is refused', { ...CLIPBOARD, expects: [422] }, async (at) => {
  const { page, ask, canary, axe, picture } = at;
  await ask('apply', { yaml: keyOf(at, 'first') });
  await beginAs(at, ['edit']);
  const paste = async (text) => {
    await page.evaluate((what) => navigator.clipboard.writeText(what), text);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('ControlOrMeta+V');
  };
  const key = canary();
  let drawer = await adding(at, { key: '', name: 'trimmed' });
  const field = drawer.getByLabel('Key', { exact: true });
  await field.focus();
  await paste(`${key.slice(0, 20)}\n${key.slice(20)}`);
  await save(drawer);
  await drawer.locator('.field.invalid').filter({ hasText: 'Key' }).waitFor();
  await axe('add key, a key in two lines');
  await picture('cluster-key-malformed');
  await field.focus();
  await paste(`  "${key}"\r\n`);
  await drawer.getByRole('button', { name: /^Test/ }).click();
  await drawer.getByText('Whitespace, quotes or a byte order mark around the key were removed.').waitFor();
  await drawer.getByText(/accepted the key/).waitFor();
  await picture('cluster-key-trimmed');
  await save(drawer);
  await page.getByText('Whitespace, quotes or a byte order mark around the key were removed.').first().waitFor();
  await row(page, 'trimmed').getByText('Ready').waitFor();
  await page.getByRole('dialog', { name: 'trimmed' }).getByText(`sk-proj-***${key.slice(-4)}`).waitFor();

  const next = canary();
  await page.getByRole('dialog', { name: 'trimmed' }).getByRole('button', { name: 'Replace key' }).click();
  drawer = page.getByRole('dialog', { name: 'Replace the key of trimmed' });
  await drawer.getByLabel('Key', { exact: true }).focus();
  await paste(`'${next}'\n`);
  await save(drawer);
  await drawer.waitFor({ state: 'hidden' });
  await page.getByText('Whitespace, quotes or a byte order mark around the key were removed.').first().waitFor();
  await page.getByText(`sk-proj-***${next.slice(-4)}`).first().waitFor();
  await page.evaluate(() => navigator.clipboard.writeText(''));
});

scenario('19 a stored key goes to another place only with the key', { expects: [422] }, async (at) => {
  const { page, ask, api, namespace, provider, canary, axe, picture } = at;
  await ask('apply', { yaml: keyOf(at, 'first') });
  await beginAs(at, ['edit']);
  await save(await adding(at, { key: canary(), name: 'moving' }));
  await row(page, 'moving').getByText('Ready').waitFor();
  await page.keyboard.press('Escape');
  const elsewhere = async () => (await ask('calls')).filter((one) => one.path.startsWith('/elsewhere')).length;
  // Past the page, whatever else is in the request.
  for (const change of [{ endpoint: `${provider}/elsewhere/v1` }, { headers: [{ name: 'x-team', value: 'a' }] }, { endpoint: null }, { endpoint: `${provider}/elsewhere/v1`, displayName: 'x' }]) {
    const answer = await api('PATCH', `/config/api-keys/${namespace}.moving?force=true`, change);
    equal([answer.status, answer.json.problems?.[0]?.reason], [422, 'KeyRequiredForNewEndpoint'], `a change of ${Object.keys(change)}`);
  }
  await task(page, 'moving', 'Edit');
  const drawer = page.getByRole('dialog', { name: 'Edit moving' });
  await drawer.getByText('Advanced', { exact: true }).click();
  equal(await drawer.getByLabel('Key', { exact: true }).count(), 0, 'fields for a key before anything is moved');
  await drawer.getByLabel(/^Endpoint/).fill(`${provider}/elsewhere/v1`);
  const field = drawer.getByLabel('Key', { exact: true });
  await field.waitFor();
  await save(drawer);
  await drawer.getByText('Paste the key again.').waitFor();
  await eventually('the key is asked for where it is missing', () => field.evaluate((one) => one === document.activeElement));
  await axe('edit key, the key is needed');
  await picture('cluster-endpoint-needs-key');
  equal(await elsewhere(), 0, 'calls to the new place without the key');
  const next = canary();
  await field.fill(next);
  await save(drawer);
  await drawer.waitFor({ state: 'hidden' });
  await eventually('the new key is used', async () => (await api('GET', `/config/api-keys/${namespace}.moving`)).json.maskedKey === `sk-proj-***${next.slice(-4)}`);
  await row(page, 'moving').getByText('Ready').waitFor();
  check((await elsewhere()) > 0, 'the new place was asked with the new key');
  equal((await live(at, 'akc', 'moving')).spec.endpoint, `${provider}/elsewhere/v1`, 'the endpoint');
});

scenario('23 a key in use goes when another has taken its place, with who uses it before one\'s eyes', { expects: [409] }, async (at) => {
  const { page, ask, axe, picture } = at;
  await ask('apply', { yaml: keyOf(at, 'old') + keyOf(at, 'next') + keyOf(at, 'other', { path: '/other/v1', of: 'Mistral' }) + keyOf({ ...at, provider: 'http://127.0.0.1:9' }, 'dead')
    + configOf(at, 'one', '{apiKeyRef: {name: old}, model: gpt-5}') + configOf(at, 'two', '{apiKeyRef: {name: old}, model: gpt-5-mini}') + agentOf(at, 'agent', 'one') });
  await eventually('the agent has its settings', async () => JSON.stringify(await live(at, 'deployment', 'agent')).includes('old-llmkey'));
  await keyIs(at, 'next', 'Ready');
  await keyIs(at, 'other', 'Ready');
  await beginAs(at, ['edit']);
  await row(page, 'old').getByText('1 agent').waitFor();
  await task(page, 'old', 'Delete');
  let dialog = page.getByRole('dialog', { name: 'Delete old?' });
  await dialog.getByText('Used by 2 configs and 1 agent.').waitFor();
  for (const user of ['one', 'two', 'agent']) {
    await dialog.getByRole('link', { name: user, exact: false }).or(dialog.getByText(user, { exact: true })).first().waitFor();
  }
  equal(await dialog.getByLabel('Replacement').locator('option').allInnerTexts(), ['next'], 'what can step in');
  await axe('delete a key in use');
  await picture('cluster-delete-key-used');
  // kubectl wrote which key the configs have: that is asked about, and then it is done.
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await dialog.getByText(/kubectl.* owns these fields/).waitFor();
  await axe('delete a key, fields of others');
  await picture('cluster-delete-key-fields');
  equal((await live(at, 'mcfg', 'one')).spec.apiKeyRef.name, 'old', 'the key before anybody has agreed');
  await dialog.getByRole('button', { name: 'Take these fields over' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await row(page, 'old').waitFor({ state: 'hidden' });
  for (const name of ['one', 'two']) {
    const config = await live(at, 'mcfg', name);
    equal(config.spec.apiKeyRef.name, 'next', `the key of ${name}`);
    check(!JSON.stringify(config.metadata.managedFields.filter((one) => one.manager === 'llm-config-playground').map((one) => one.fieldsV1['f:spec'])).includes('f:model'), `only the key of ${name} was taken over`);
  }
  await eventually('the object is gone', async () => (await live(at, 'akc', 'old')) === undefined);
  await eventually('the agent has the other key', async () => {
    const agent = JSON.stringify((await live(at, 'deployment', 'agent')).spec);
    return agent.includes('next-llmkey') && !agent.includes('old-llmkey');
  });
  // Without a replacement the name has to be typed, and what is typed wrong deletes nothing.
  await page.evaluate(() => { location.hash = '#/keys'; });
  await ask('apply', { yaml: configOf(at, 'three', '{apiKeyRef: {name: other}, model: gpt-5}') });
  await row(page, 'other').getByText('1 config').waitFor();
  await task(page, 'other', 'Delete');
  dialog = page.getByRole('dialog', { name: 'Delete other?' });
  await dialog.getByText('There is no other ready key of this provider in this namespace.').waitFor();
  await dialog.getByLabel('Type other to delete it').fill('others');
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await dialog.getByText('That is not its name.').waitFor();
  check((await live(at, 'akc', 'other')).metadata.deletionTimestamp === undefined, 'nothing was deleted');
  await dialog.getByLabel('Type other to delete it').fill('other');
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await row(page, 'other').waitFor({ state: 'hidden' });
  await eventually('the object is gone', async () => (await live(at, 'akc', 'other')) === undefined);
});
