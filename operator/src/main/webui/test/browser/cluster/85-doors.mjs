import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { check, equal, eventually, scenario } from '../harness.mjs';
import { configured, echo, kubectl, live, row } from '../cluster.mjs';
import { enter } from '../ways.mjs';

/** A program at a terminal; what it says is kept, and it ends with the scenario. */
function run([program, ...words], environment) {
  const process_ = spawn(program, words, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const one = { said: '', code: undefined };
  const take = (text) => { one.said += text; };
  process_.stdout.on('data', take);
  process_.stderr.on('data', take);
  const ended = new Promise((resolve) => process_.on('close', (code) => { one.code = code; resolve(code); }));
  return Object.assign(one, {
    ended,
    end: async () => {
      process_.kill('SIGTERM');
      await ended;
    },
  });
}

/** A folder of one's own, with the kubeconfig of whoever made the cluster, which holds a certificate and no token. */
async function desk(at) {
  const folder = mkdtempSync(join(tmpdir(), 'desk-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const text = await kubectl(at, 'config', 'view', '--raw');
  check(/client-certificate-data/.test(text) && !/token:/.test(text), 'it holds a certificate and no token');
  writeFileSync(kubeconfig, text, { mode: 0o600 });
  const { KUBERNETES_SERVICE_HOST, ENCRYPTION_KEY, ENCRYPTION_KEY_FILE, ...environment } = process.env;
  return { folder, environment: { ...environment, KUBECONFIG: kubeconfig }, clear: () => rmSync(folder, { recursive: true }) };
}

const address = (one) => /http:\/\/\S+#login=\S+/.exec(one.said)?.[0];

/** What the API server has heard of this page, in the name of that user. */
const heard = async ({ ask }, user) =>
  (await ask('heard', { user })).filter((one) => one.userAgent.startsWith('llm-config-playground') && one.verb === 'patch');

/** Saves something as whoever is signed in, through the form. */
async function rename(page, text) {
  await page.getByLabel(/^Display name/).fill(text);
  await page.getByRole('region', { name: 'Save' }).getByText('No agent restarts.').waitFor();
  await page.getByRole('region', { name: 'Save' }).getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved support.').waitFor();
}

scenario('66 a kubeconfig with a certificate signs in by an address, as its own user, and only on this machine', { expects: [401, 'net::ERR_'] }, async (at) => {
  const { page, browser, ask, namespace, guard, data, picture } = at;
  const { folder, environment, clear } = await desk(at);
  await ask('apply', { yaml: echo(at) + configured(at, 'support', 'echo', 'echo') });
  await ask('listen in');
  const words = [...(await ask('program')), 'sidecar', '--local-login', '--data-dir', data, '--usage-dir', join(folder, 'usage'), '--login-file', join(folder, 'login-url'), '--health-listen', '127.0.0.1:0'];
  const sidecar = run([...words, '--listen', '127.0.0.1:0'], environment);
  try {
    const login = await eventually('it prints an address', () => address(sidecar) ?? (sidecar.code === undefined ? false : Promise.reject(new Error(sidecar.said))));
    const { origin } = new URL(login);
    guard.knows(origin);
    await page.goto(login);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    check(!page.url().includes('login='), `the word is still in ${page.url()}`);
    await page.getByText('admin', { exact: true }).first().waitFor({ state: 'attached' });
    await page.goto(`${origin}/#/configs/${namespace}/support`);
    await rename(page, 'Signed by a certificate');
    equal((await live(at, 'mcfg', 'support')).spec.displayName, 'Signed by a certificate', 'what was saved');
    const writes = await heard(at, 'admin');
    check(writes.some((one) => one.resource === 'modelconfigs' && one.name === 'support' && one.status === 200), JSON.stringify(writes));

    // The same address is good for nobody else; the file has the next one, for its owner alone.
    const second = await browser.newContext();
    const stranger = await second.newPage();
    await stranger.goto(login);
    await stranger.getByText(/This token is not accepted/).waitFor();
    await stranger.screenshot({ path: join(at.out, 'login-used-up.png') });
    equal(statSync(join(folder, 'login-url')).mode & 0o777, 0o600, 'who may read the file');
    const next = readFileSync(join(folder, 'login-url'), 'utf8').trim();
    check(next !== login && next.startsWith(origin), 'the file has another address');
    await stranger.goto('about:blank');
    await stranger.goto(next);
    await stranger.getByRole('navigation', { name: 'Screens' }).waitFor();
    await second.close();
    await picture('local-login');
  } finally {
    await sidecar.end();
  }
  try {
    const open = run([...words, '--listen', '0.0.0.0:0'], environment);
    equal(await open.ended, 78, 'how it ends when anybody can reach it');
    check(/--local-login is for one person on one machine; listen on 127\.0\.0\.1/.test(open.said), open.said);
    const pod = run([...words, '--listen', '127.0.0.1:0'], { ...environment, KUBERNETES_SERVICE_HOST: '10.0.0.1' });
    equal(await pod.ended, 78, 'how it ends in a pod');
    check(/--local-login is not for pods/.test(pod.said), pod.said);
    check(!/\n\s+at /.test(open.said + pod.said), 'no trace of a stack');
  } finally {
    clear();
  }
});

scenario('65 the address that make run prints signs in once, as the user of the kubeconfig', { expects: [401, 'net::ERR_'] }, async (at) => {
  const { page, browser, ask, guard } = at;
  const { folder, environment, clear } = await desk(at);
  await ask('listen in');
  const tools = (await ask('terminal', { command: 'command -v kubectl' })).trim();
  const product = run([join(import.meta.dirname, '../../../../../../../bin/run')], {
    ...environment,
    PATH: `${dirname(tools)}${delimiter}${environment.PATH}`,
    LLMCONFIG_CLUSTER_DIR: folder,
    LLMCONFIG_SKIP_BUILD: 'true',
    LLMCONFIG_LISTEN: '127.0.0.1:0',
    LLMCONFIG_API_LISTEN: '127.0.0.1:0',
    LLMCONFIG_API_HEALTH_LISTEN: '127.0.0.1:0',
    // Beside the operator of the other scenarios, whose namespaces are not its business.
    LLMCONFIG_WATCH_NAMESPACES: 'quickstart',
  });
  try {
    const login = await eventually('people are told the address', () => /holds the next address\):\s+(http:\/\/\S+#login=\S+)/.exec(product.said)?.[1] ?? (product.code === undefined ? false : Promise.reject(new Error('make run has ended'))), 300_000)
      .catch((late) => Promise.reject(new Error(`${late.message}; it said:\n${product.said}`)));
    guard.knows(new URL(login).origin);
    await page.goto(login);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    check(!page.url().includes('login='), `the word is still in ${page.url()}`);
    await page.getByText('admin', { exact: true }).first().waitFor({ state: 'attached' });
    await page.goto(`${new URL(login).origin}/#/configs/quickstart/support`);
    await rename(page, 'Looked at');
    const writes = await heard(at, 'admin');
    check(writes.some((one) => one.namespace === 'quickstart' && one.name === 'support' && one.status === 200), JSON.stringify(writes));
    const other = await browser.newContext();
    const stranger = await other.newPage();
    await stranger.goto(login);
    await stranger.getByText(/This token is not accepted/).waitFor();
    await other.close();
  } finally {
    await page.goto('about:blank');
    // What it has made is taken away by it alone.
    await kubectl(at, 'delete', 'namespace', 'quickstart', '--ignore-not-found', '--timeout=60s');
    await product.end();
    await kubectl(at, 'delete', 'namespace', 'llm-config', '--ignore-not-found', '--wait=false');
    clear();
  }
});

scenario('67 two clusters on two ports of one machine: both sessions live, and one ends without the other', { expects: [401] }, async (at) => {
  const { page, base, ask, guard } = at;
  await ask('apply', { yaml: echo(at) });
  const here = base.replace('127.0.0.1', 'localhost');
  const there = (await ask('elsewhere')).base.replace('127.0.0.1', 'localhost');
  guard.knows(new URL(here).origin);
  guard.knows(new URL(there).origin);
  const { token } = await ask('person', { name: 'jane', rights: ['edit'] });
  await enter({ page, base: here }, token, '#/keys');
  await row(page, 'echo').waitFor();
  const other = await page.context().newPage();
  await enter({ page: other, base: there }, token, '#/keys');
  await row(other, 'echo').waitFor();
  const names = (await page.context().cookies()).map(({ name }) => name);
  equal(new Set(names.map((name) => name.replace(/_\d+$/, ''))).size, 2, `installations among the cookies ${names}`);
  for (const tab of [page, other]) {
    await tab.reload();
    await row(tab, 'echo').waitFor();
  }
  await other.getByTitle(/^Signed in as/).click();
  await other.getByRole('menuitem', { name: 'Sign out' }).click();
  await other.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  await page.reload();
  await row(page, 'echo').waitFor();
});

scenario('73 without a right to list namespaces the first key of an empty one is made, and one that nobody watches is refused', { expects: [422, 403] }, async (at) => {
  const { page, base, ask, namespace, unwatched, axe, picture } = at;
  const role = (where) => `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: newcomer, namespace: ${where}}
rules: [{apiGroups: [llmconfig.dev], resources: [apikeyconfigs, modelconfigs], verbs: [get, list, watch, create, update, patch, delete]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: newcomer, namespace: ${where}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: newcomer}
subjects: [{kind: ServiceAccount, name: newcomer, namespace: ${unwatched}}]
---`;
  await ask('apply', { yaml: `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: newcomer, namespace: ${unwatched}}\n---${role(namespace)}${role(unwatched)}` });
  const token = (await kubectl(at, 'create', 'token', 'newcomer', `--namespace=${unwatched}`)).trim();
  await enter({ page, base }, token, '#/keys');
  const picker = page.getByRole('combobox', { name: 'Namespace', exact: true }).first();
  // Nothing tells of the namespace yet: it is named.
  equal(await picker.locator('option', { hasText: namespace }).count(), 0, 'namespaces that nobody told of');
  await picker.selectOption({ label: 'Other namespace…' });
  const dialog = page.getByRole('dialog', { name: 'Other namespace' });
  await dialog.getByLabel('Namespace', { exact: true }).fill('kube-system');
  await dialog.getByRole('button', { name: 'Open' }).click();
  await dialog.getByText(/You may list neither keys nor configs in kube-system/).waitFor();
  await dialog.getByLabel('Namespace', { exact: true }).fill(unwatched);
  await dialog.getByRole('button', { name: 'Open' }).click();
  await dialog.getByText(new RegExp(`The operator does not watch ${unwatched}`)).waitFor();
  await axe('other namespace, refused');
  await picture('other-namespace-unwatched');
  await dialog.getByLabel('Namespace', { exact: true }).fill(namespace);
  await dialog.getByRole('button', { name: 'Open' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(`There is no key in ${namespace} yet.`).waitFor();
  await axe('an empty namespace');
  await picture('empty-namespace');
  await page.getByRole('button', { name: 'Add the first key' }).click();
  const drawer = page.getByRole('dialog', { name: 'Add key' });
  await drawer.getByRole('radio', { name: 'Echo', exact: true }).check({ force: true });
  await drawer.getByRole('textbox', { name: /^Name/ }).first().fill('first');
  await drawer.getByRole('button', { name: /^Save/ }).click();
  await row(page, 'first').getByText('Ready', { exact: true }).waitFor();
  equal((await live(at, 'akc', 'first')).spec.provider, 'Echo', 'what was made');

  // Whoever goes there all the same is refused before anything is written.
  const refused = await page.evaluate(async (where) => {
    const answer = await fetch('api/config/api-keys', { method: 'POST', headers: { 'content-type': 'application/json', 'x-llmconfig-csrf': '1' }, body: JSON.stringify({ namespace: where, name: 'first', provider: 'Echo' }) });
    return [answer.status, (await answer.json()).reason];
  }, unwatched);
  equal(refused, [422, 'NamespaceNotWatched'], 'the refusal');
  equal((await kubectl(at, 'get', 'akc', `--namespace=${unwatched}`, '-o', 'name')).replace(/^No resources.*/, '').trim(), '', 'what was made there');
});
