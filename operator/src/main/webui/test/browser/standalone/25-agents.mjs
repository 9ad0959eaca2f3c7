import { check, equal, eventually, scenario } from '../harness.mjs';

const AGENT = (kind, name, { label, namespace = 'default', image = 'example.com/agent:1' }) => `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: ${name}
  namespace: ${namespace}${label === undefined ? '' : `\n  labels: {llmconfig.dev/model-config: ${label}}`}
spec:
  serviceName: ${name}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - {name: agent, image: "${image}", env: [{name: OWN, value: "kept"}]}
        - {name: helper, image: "example.com/helper:1"}
`;

const FILES = {
  'manifests/chat.yaml': AGENT('Deployment', 'chat', { label: 'support' }),
  'manifests/more/two.yaml': `${AGENT('Deployment', 'triage', { label: 'default' })}---\n${AGENT('StatefulSet', 'lost', { label: 'nobody' })}`,
  'manifests/unconcerned.yaml': AGENT('Deployment', 'web', {}),
  'manifests/broken.yaml': 'kind: Deployment\nmetadata: {name: x\n',
};

const agent = (page, name) => page.getByRole('table', { name: 'Agents' }).getByRole('row').filter({ hasText: name });

async function patchOf(page, name) {
  await agent(page, name).getByRole('link', { name }).first().click();
  const drawer = page.getByRole('dialog').filter({ hasText: name });
  await drawer.getByRole('tab', { name: 'YAML of our patch' }).click();
  const shown = (await drawer.getByRole('figure').locator('code').first().textContent()) ?? '';
  return { drawer, shown };
}

scenario('09 agents of manifests are planned, their patch is what llmconfig plan prints, and no file is written', { stage: { flags: { '--manifests': '{folder}/manifests' }, files: FILES }, expects: [409] }, async (at) => {
  const { page, signIn, api, ask, canary, provider, axe, picture, token, base } = at;
  const made = await api('POST', '/config/api-keys', { name: 'fake', provider: 'OpenAI', key: canary(), endpoint: `${provider}/v1`, allowInsecureEndpoint: true });
  equal(made.status, 201, made.text);
  const config = { namespace: 'default', name: 'support', apiKeyRef: { name: 'fake' }, model: 'gpt-5-mini', isDefault: true, parameters: { maxOutputTokens: 4096 } };
  equal((await api('POST', '/config/model-configs', config)).status, 201);

  /** What the command says of the same objects and the same files. */
  const planned = async () => {
    const folder = 'plan';
    const exported = (await api('GET', '/export', undefined, { accept: 'application/yaml' })).text;
    const files = Object.fromEntries(Object.entries(FILES).filter(([name]) => !name.includes('broken')).map(([name, text]) => [name.replace('manifests', folder), text]));
    await ask('files', { files: { ...files, [`${folder}/objects.yaml`]: exported } });
    const printed = await ask('llmconfig', { arguments: ['plan', '--manifests', `{folder}/${folder}`, '-o', 'yaml'] });
    return Object.fromEntries(printed.split(/^---\n/m).filter((one) => one.trim() !== '').map((one) => [/name: "?([\w-]+)"?/.exec(one)?.[1], one.trimEnd()]));
  };

  await signIn('#/agents');
  await agent(page, 'chat').getByText('Planned').waitFor();
  await eventually('the model is planned', async () => (await agent(page, 'chat').innerText()).includes('gpt-5-mini'));
  equal((await page.getByRole('table', { name: 'Agents' }).getByRole('rowheader').allInnerTexts()).map((one) => one.split(/\s/).filter((word) => !['Workload'].includes(word))[0]).sort(), ['chat', 'lost', 'triage'], 'the agents');
  await agent(page, 'lost').getByText('There is no ModelConfig nobody here.').waitFor();
  await axe('agents, planned');
  await picture('agents-planned');

  const first = await planned();
  equal(Object.keys(first).sort(), ['chat', 'triage'], 'who would be changed');
  for (const name of ['chat', 'triage']) {
    const { drawer, shown } = await patchOf(page, name);
    equal(shown.trimEnd().replace(/^---\n/, ''), first[name], `the patch of ${name}`);
    check(shown.includes('gpt-5-mini') && !shown.includes('OWN'), shown);
    const restart = drawer.getByRole('button', { name: 'Restart' });
    equal(await restart.getAttribute('aria-disabled') ?? String(await restart.isDisabled()), 'true', 'Restart without a cluster');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
  }
  for (const path of ['agents/default.Deployment.chat/restart']) {
    const answer = await api('POST', `/${path}`, {});
    equal([answer.status, answer.json.reason], [409, 'NotInThisMode'], path);
  }

  // Another model: the drawer that is open follows, and so does the command.
  const { drawer } = await patchOf(page, 'chat');
  equal((await api('PATCH', '/config/model-configs/default.support', { model: 'gpt-5' })).status, 200);
  const code = drawer.getByRole('figure').locator('code').first();
  await eventually('the patch follows', async () => /"gpt-5"/.test((await code.textContent()) ?? ''));
  equal(((await code.textContent()) ?? '').trimEnd().replace(/^---\n/, ''), (await planned())['chat'], 'the patch after a change');
  await axe('agents, the patch');
  await picture('agents-patch');
  await page.keyboard.press('Escape');

  // Somebody works on the files meanwhile: nothing has to be loaded anew.
  const moved = AGENT('DaemonSet', 'fresh', { label: 'support' });
  await ask('files', { files: { 'manifests/chat.yaml': null, 'manifests/fresh.yaml': moved } });
  await agent(page, 'fresh').getByText('Planned').waitFor();
  await agent(page, 'chat').waitFor({ state: 'detached' });
  for (const [name, text] of Object.entries({ ...FILES, 'manifests/fresh.yaml': moved })) {
    if (name !== 'manifests/chat.yaml') {
      equal(await ask('file', { name }), text, `what ${name} holds`);
    }
  }
  check(token.length > 0 && base.length > 0);
});

scenario('09 without manifests the page says how agents come', {}, async ({ page, signIn, axe }) => {
  await signIn('#/agents');
  await page.getByText('Start with --manifests DIR').waitFor();
  await page.getByText('llmconfig standalone --data-dir data --manifests manifests').waitFor();
  await axe('agents, none');
});
