import { check, equal, eventually, scenario } from '../harness.mjs';
import { agentOf, configOf, keyOf, live, row } from '../cluster.mjs';
import { enter } from './10-door.mjs';

/** Buttons that write, by their names; what they do is refused anyway, so they are not offered. */
const WRITES = /^(Add|Replace|Suspend|Resume|Delete|Save|Set as default|Create|New config|Test|Import|Approve|Ask again|Retry|Agree|Take over)/;

/** Those that can be pressed now. */
const offered = (page) =>
  page.evaluate((pattern) => [...document.querySelectorAll('button, [role=menuitem], a.button')]
    .filter((one) => one.checkVisibility() && !one.disabled && one.getAttribute('aria-disabled') !== 'true')
    .map((one) => (one.getAttribute('aria-label') ?? one.textContent).trim())
    .filter((name) => new RegExp(pattern).test(name)), WRITES.source);

/** As a script on the page would ask, with the session of the page. */
const asked = (page, calls) =>
  page.evaluate((all) => Promise.all(all.map(async ([method, path, body, type = 'application/json']) => {
    const answer = await fetch(`api${path}`, {
      method,
      headers: { 'x-llmconfig-csrf': '1', 'content-type': type, 'if-match': '*' },
      body: typeof body === 'string' ? body : body && JSON.stringify(body),
    });
    return { call: `${method} ${path}`, status: answer.status, said: await answer.json().catch(() => ({})) };
  })), calls);

scenario('11 who may only look finds no way to write, and is refused by name past the page', { expects: [403] }, async (at) => {
  const { page, base, ask, api, namespace, provider, go, axe, picture } = at;
  await ask('apply', { yaml: keyOf(at, 'kept') + keyOf({ ...at, provider: 'http://127.0.0.1:9' }, 'away') + configOf(at, 'chosen', '{apiKeyRef: {name: kept}, model: gpt-5, isDefault: true}') + agentOf(at, 'agent') });
  await eventually('the agent has its settings', async () => (await api('GET', `/config/model-configs/${namespace}.chosen`)).json?.agents?.upToDate === 1);
  const { token } = await ask('person', { name: 'viewer', rights: ['view'] });
  await enter({ page, base }, token, '#/keys');
  await row(page, 'kept').waitFor();
  const places = [
    ['keys', 'kept'], [`keys/${namespace}/kept`, 'Conditions'], ['models', 'gpt-5-mini'], [`models/${namespace}/kept:gpt-5-mini`, 'Limits and prices'],
    ['configs', 'chosen'], [`configs/${namespace}/chosen`, 'Parameters'], ['agents', 'agent'], ['chat', 'Chat'], ['settings', 'Settings'],
  ];
  for (const [place, sign] of places) {
    await go(`#/${place}`);
    await page.getByText(sign).first().waitFor();
    // Rights come a moment after rows: nothing may be offered before, nor after.
    await eventually('all is asked', () => page.evaluate(() => !document.querySelector('.skeleton')));
    equal(await offered(page), [], `what ${place} offers`);
  }
  await go('#/keys');
  await row(page, 'kept').getByRole('button', { name: 'Actions for kept' }).click();
  equal(await offered(page), [], 'what the menu of a key offers');
  await picture('cluster-view-only-menu');
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const drawer = page.getByRole('dialog', { name: 'Edit kept' });
  await drawer.getByLabel(/^Display name/).fill('A draft of my own');
  equal(await offered(page), [], 'what the draft of a key offers');
  await axe('a key that one may not change');
  await page.keyboard.press('Enter');
  await drawer.getByRole('button', { name: /^Save/ }).waitFor();
  await page.keyboard.press('Escape');
  await go('#/configs');
  await row(page, 'chosen').getByRole('button', { name: 'Actions for chosen' }).click();
  equal(await offered(page), [], 'what the menu of a config offers');
  await page.keyboard.press('Escape');
  await go(`#/configs/${namespace}/chosen`);
  await page.getByRole('switch', { name: 'Send max tokens' }).click();
  equal(await offered(page), [], 'what the draft of a config offers');

  const before = JSON.stringify([(await live(at, 'akc', 'kept')).metadata, (await live(at, 'mcfg', 'chosen')).metadata.annotations, (await live(at, 'deployment', 'agent')).metadata.generation]);
  const key = `/config/api-keys/${namespace}.kept`;
  const config = `/config/model-configs/${namespace}.chosen`;
  const calls = [
    ['POST', '/config/api-keys', { namespace, name: 'more', provider: 'Echo' }, 'create', 'apikeyconfigs'],
    ['PATCH', key, { displayName: 'x' }, 'patch', 'apikeyconfigs'],
    ['PATCH', `${key}?force=true`, { suspend: true }, 'patch', 'apikeyconfigs'],
    ['DELETE', `${key}?force=true`, undefined, 'delete', 'apikeyconfigs'],
    ['POST', `${key}/test`, {}, 'patch', 'apikeyconfigs'],
    ['POST', '/config/api-keys/test', { namespace, provider: 'OpenAI', endpoint: `${provider}/v1`, allowInsecureEndpoint: true, secretRef: { name: 'kept-held', key: 'api-key' } }, 'create', 'apikeyconfigs'],
    ['POST', '/config/model-configs', { namespace, name: 'more', apiKeyRef: { name: 'kept' }, model: 'gpt-5' }, 'create', 'modelconfigs'],
    ['PATCH', config, { model: 'gpt-5-mini' }, 'patch', 'modelconfigs'],
    ['DELETE', config, undefined, 'delete', 'modelconfigs'],
    ['POST', `/config/models/${namespace}.chosen/select`, {}, 'patch', 'modelconfigs'],
    ['PUT', `/config/models/${namespace}.chosen/parameters`, {}, 'patch', 'modelconfigs'],
    ['POST', `${config}/rollout`, { action: 'Retry' }, 'patch', 'modelconfigs'],
    ['POST', `/agents/${namespace}.Deployment.agent/restart`, {}, 'patch', 'deployments'],
    ['POST', '/chat', { model: `${namespace}.chosen`, messages: [{ role: 'user', content: 'Hi' }] }, 'use', 'modelconfigs'],
  ];
  const answers = await asked(page, calls.map(([method, path, body]) => [method, path, body]));
  answers.forEach(({ call, status, said }, index) => {
    const [, , , verb, resource] = calls[index];
    equal([status, said.reason, said.verb, said.namespace], [403, 'Forbidden', verb, namespace], call);
    check(said.resource.startsWith(resource) && said.detail.includes(`system:serviceaccount:${namespace}:viewer may not ${verb} ${resource}`), `${call}: ${said.detail}`);
  });
  const [imported] = await asked(page, [['POST', '/import', configOf(at, 'more', '{apiKeyRef: {name: kept}, model: gpt-5}'), 'application/yaml']]);
  equal([imported.status, imported.said.reason], [403, 'Forbidden'], 'an import');
  equal(JSON.stringify([(await live(at, 'akc', 'kept')).metadata, (await live(at, 'mcfg', 'chosen')).metadata.annotations, (await live(at, 'deployment', 'agent')).metadata.generation]), before, 'the objects afterwards');
  equal(await live(at, 'mcfg', 'more'), undefined, 'what was made');
});

scenario('12 who has one namespace sees no other, and who has none is told so on every screen', { expects: [403] }, async (at) => {
  const { page, context, base, ask, namespace, other, go, axe, picture } = at;
  await ask('apply', { yaml: keyOf(at, 'mine') + keyOf({ ...at, namespace: other }, 'foreign') + configOf({ ...at, namespace: other }, 'foreign', '{apiKeyRef: {name: foreign}, model: gpt-5}') });
  const { token } = await ask('person', { name: 'jane', rights: ['edit'] });
  await enter({ page, base }, token, '#/keys');
  await row(page, 'mine').waitFor();
  const clean = async (where) => {
    const text = await page.evaluate(() => document.documentElement.outerHTML);
    check(!text.includes('foreign') && !text.includes(`>${other}<`), `${where} tells of the other namespace`);
  };
  for (const screen of ['keys', 'models', 'configs', 'agents', 'audit', 'status', 'chat', 'settings']) {
    await go(`#/${screen}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await clean(screen);
  }
  // The stream tells nothing of it, either: a change of one's own comes, one of the other's does not.
  await go('#/keys');
  await ask('kubectl', { arguments: ['patch', 'akc', 'foreign', '-n', other, '--type=merge', '-p', '{"spec":{"displayName":"foreign name"}}'] });
  await ask('kubectl', { arguments: ['patch', 'akc', 'mine', '--type=merge', '-p', '{"spec":{"displayName":"another name"}}'] });
  await row(page, 'mine').getByText('another name').waitFor();
  await clean('the stream');
  // Whether it is there or not, the answer is the same.
  const answers = await asked(page, [['GET', `/config/api-keys/${other}.foreign`], ['GET', `/config/api-keys/${other}.nothing`], ['GET', `/config/models?namespace=${other}`], ['GET', `/config/model-configs/${other}.foreign`], ['GET', `/audit?namespace=${other}`], ['GET', `/secrets?namespace=${other}`], ['GET', `/export?namespace=${other}`]]);
  answers.forEach(({ call, status, said }) => equal([status, said.reason, said.namespace], [403, 'Forbidden', other], call));
  equal(answers[0].said.detail.replace('foreign', 'nothing'), answers[1].said.detail, 'what is said of an object that is not there');
  const picker = page.getByRole('combobox', { name: 'Namespace' });
  await picker.selectOption({ label: 'Other namespace…' });
  const dialog = page.getByRole('dialog', { name: 'Other namespace' });
  await dialog.getByLabel('Namespace').fill(other);
  await dialog.getByRole('button', { name: 'Open' }).click();
  await dialog.getByText(`You may list neither keys nor configs in ${other}`).waitFor();
  await axe('a namespace of somebody else');
  await page.keyboard.press('Escape');

  await context.clearCookies();
  const nobody = await ask('person', { name: 'nobody', rights: [] });
  await page.goto('about:blank');
  await enter({ page, base }, nobody.token, '#/keys');
  for (const [screen, resource] of [['keys', 'apikeyconfigs'], ['models', 'modelconfigs'], ['configs', 'modelconfigs'], ['agents', 'modelconfigs'], ['audit', '']]) {
    await go(`#/${screen}`);
    const banner = page.getByRole('alert').filter({ hasText: 'may not list' });
    await banner.getByText(`system:serviceaccount:${namespace}:nobody may not list ${resource}`).waitFor();
    await banner.getByText(/llmconfig-view/).waitFor();
    await banner.getByText('Missing right:').waitFor();
    await axe(`${screen}, forbidden`);
    equal(await offered(page), [], `what ${screen} offers to nobody`);
    await picture(`cluster-forbidden-${screen}`);
  }
  for (const screen of ['chat', 'settings']) {
    await go(`#/${screen}`);
    await page.getByText(/may not|not allowed/i).first().waitFor();
    equal(await offered(page), [], `what ${screen} offers to nobody`);
    await picture(`cluster-forbidden-${screen}`);
  }
  await go('#/status');
  await page.getByRole('heading', { level: 1, name: 'Status' }).waitFor();
  await page.getByText('Mirror', { exact: false }).first().waitFor();
});

const SECRET = 'between-the-proxy-and-us-0123456789';
const SAYS = 'x-llmconfig-proxy-secret';

scenario('13 names from the proxy are believed for reading, and from nobody else', {
  stage: { proxySecret: SECRET },
  expects: [401, 403],
  context: { extraHTTPHeaders: { 'x-forwarded-user': 'jane', 'x-forwarded-groups': 'staff', [SAYS]: SECRET } },
}, async (at) => {
  const { page, context, base, ask, namespace, picture } = at;
  // She may write; who only gives her name may not.
  await ask('apply', { yaml: `${keyOf(at, 'shared')}
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: writers, namespace: ${namespace}}
rules: [{apiGroups: [llmconfig.dev], resources: [apikeyconfigs, modelconfigs], verbs: ["*"]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: writers, namespace: ${namespace}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: writers}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: jane}, {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:masters"}]
` });
  await page.goto(`${base}#/keys`);
  await row(page, 'shared').waitFor();
  await page.getByTitle('Signed in as jane').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Keys' }).waitFor();
  equal(await offered(page), [], 'what is offered to a name');
  await picture('cluster-proxy-name');
  const writes = [['PATCH', `/config/api-keys/${namespace}.shared`, { displayName: 'x' }], ['POST', '/config/model-configs', { namespace, name: 'more', apiKeyRef: { name: 'shared' }, model: 'gpt-5' }], ['GET', `/secrets?namespace=${namespace}`]];
  (await asked(page, writes)).forEach(({ call, status }) => check([401, 403].includes(status), `${call} by a name alone: ${status}`));
  const forged = [
    ['no secret', { 'x-forwarded-user': 'jane' }, 401],
    ['a guessed secret', { 'x-forwarded-user': 'jane', [SAYS]: `${SECRET}0` }, 401],
    ['a system name', { 'x-forwarded-user': 'system:admin', [SAYS]: SECRET }, 401],
    ['a system group', { 'x-forwarded-user': 'eve', 'x-forwarded-groups': 'staff,system:masters', [SAYS]: SECRET }, 401],
  ];
  for (const [what, headers] of forged) {
    const answer = await fetch(new URL('api/config/api-keys', base), { headers });
    check([401, 403].includes(answer.status), `${what}: ${answer.status}`);
    check(!(await answer.text()).includes('shared'), `${what} shows rows`);
  }
  await context.setExtraHTTPHeaders({ 'x-forwarded-user': 'jane' });
  await page.goto('about:blank');
  await page.goto(`${base}#/keys`);
  await page.getByLabel('Token', { exact: true }).waitFor();
  equal(await row(page, 'shared').count(), 0, 'rows for a forged name');
  equal((await live(at, 'akc', 'shared')).spec.displayName, undefined, 'the display name');
});
