import { check, equal, eventually, scenario } from '../harness.mjs';
import { agent, configured, echo, given, keyOf, kubectl, link, live, row, told } from '../cluster.mjs';
import { enter, enterAs } from '../ways.mjs';

const pill = (page, name, text) => row(page, name).getByText(text, { exact: true });
const rollout = (page) => page.getByRole('region', { name: 'Show its agents' });

scenario('34 what waits for approval rolls when somebody approves, and restarting takes a right of its own', { expects: [403] }, async (at) => {
  const { page, base, ask, namespace, canary, axe, picture } = at;
  await ask('apply', { yaml: keyOf(at, 'openai', { key: canary() }) + agent(at, 'chat', 'support') + configured(at, 'support', 'openai', 'gpt-5-mini', 'delivery: {rollout: {policy: Manual}}') });
  const config = `/config/model-configs/${namespace}.support`;
  await told(at, config, 'it waits', (one) => one?.reason === 'AwaitingApproval');
  equal(await given(at, 'chat', 'OPENAI_MODEL'), undefined, 'what the agent has before');

  // Who may only look is told so, and cannot press it.
  const onlooker = await ask('person', { name: 'onlooker', rights: ['view'] });
  await enter({ page, base }, onlooker.token, `#/configs/${namespace}/support`);
  const approve = rollout(page).getByRole('button', { name: /^Approve/ });
  await approve.waitFor();
  await eventually('Approve is off', async () => (await approve.getAttribute('aria-disabled')) === 'true');
  check(/llmconfig-edit/.test((await approve.getAttribute('title')) ?? ''), 'the role to ask for is named');

  const jane = await ask('person', { name: 'jane', rights: ['edit'] });
  await enterAs({ page, base }, jane.token, `#/configs/${namespace}/support`);
  await rollout(page).getByText('Waiting', { exact: true }).waitFor();
  await axe('config, waiting for approval');
  await picture('config-awaiting-approval');
  // What is approved is what one looks at: somebody else's change asks anew.
  const before = (await at.api('GET', config)).json.candidate;
  await kubectl(at, 'patch', 'mcfg', 'support', '--type=merge', '-p', '{"spec":{"model":"gemini-2.5-flash"}}');
  await told(at, config, 'another revision waits', (one) => one.reason === 'AwaitingApproval' && one.candidate !== before);
  await eventually('the page has the other revision', async () => !(await rollout(page).innerText()).includes(before));
  await approve.click();
  await page.getByText('Approved: the agents of support follow.').waitFor();
  await rollout(page).getByText('Ready', { exact: true }).waitFor();
  await rollout(page).getByText('1 of 1').waitFor();
  await approve.waitFor({ state: 'detached' });
  equal(await given(at, 'chat', 'OPENAI_MODEL'), 'gemini-2.5-flash', 'what the agent has');

  // The config may be edited, the workload may not.
  const { generation } = (await live(at, 'deployment', 'chat')).metadata;
  await page.goto(`${base}#/agents/${namespace}/Deployment.chat`);
  await page.getByRole('button', { name: 'Restart' }).click();
  const dialog = page.getByRole('dialog', { name: 'Restart chat' });
  await dialog.getByRole('button', { name: 'Restart' }).click();
  const refusal = dialog.getByRole('alert');
  await refusal.getByText(/may not patch deployments/).waitFor();
  await refusal.getByText(new RegExp(`patch deployments\\S* \\(${namespace}\\)`)).waitFor();
  await axe('restart, refused');
  await picture('restart-refused');
  equal((await live(at, 'deployment', 'chat')).metadata.generation, generation, 'the generation of the workload');

  const rob = await ask('person', { name: 'rob', rights: ['view', 'workloads'] });
  await enterAs({ page, base }, rob.token, `#/agents/${namespace}/Deployment.chat`);
  await page.getByRole('button', { name: 'Restart' }).click();
  await dialog.getByRole('button', { name: 'Restart' }).click();
  await page.getByText('Restart of chat was asked for.').waitFor();
  const { metadata, spec } = await live(at, 'deployment', 'chat');
  equal(metadata.generation, generation + 1, 'the generation after one restart');
  check(spec.template.metadata.annotations['kubectl.kubernetes.io/restartedAt'], 'the usual annotation');
  equal(await given(at, 'chat', 'OPENAI_MODEL'), 'gemini-2.5-flash', 'what the agent has after the restart');
});

scenario('33 a rollout that fails is put back and said so, and Retry finishes it', { expects: [409] }, async (at) => {
  const { page, base, ask, namespace, canary, axe, picture } = at;
  await ask('apply', { yaml: keyOf(at, 'openai', { key: canary() }) + agent(at, 'chat', 'support') + configured(at, 'support', 'openai', 'gpt-5-mini') });
  const config = `/config/model-configs/${namespace}.support`;
  const { revision } = await told(at, config, 'it is delivered', (one) => one?.state === 'Ready' && one.agents.upToDate === 1);
  await kubectl(at, 'rollout', 'status', 'deployment', 'chat', '--timeout=60s');
  const { token } = await ask('person', { name: 'jane', rights: ['edit'] });
  await enter({ page, base }, token, `#/configs/${namespace}/support`);
  await rollout(page).getByText('Ready', { exact: true }).waitFor();

  // No pod more than there is, so what is rolled does not become ready.
  await kubectl(at, 'create', 'quota', 'full', `--hard=pods=${JSON.parse(await kubectl(at, 'get', 'pods', '-o', 'json')).items.length}`);
  const model = page.getByRole('combobox', { name: 'Model' });
  await model.fill('gemini-2.5-flash');
  await page.keyboard.press('Enter');
  const bar = page.getByRole('region', { name: 'Save' });
  await bar.getByText(/Restarts 1 agent in/).waitFor();
  await bar.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Take over and save' }).click();
  await page.getByText('Saved support.').waitFor();
  await rollout(page).getByText('Rolled back', { exact: true }).waitFor();
  const failed = (await at.api('GET', config)).json;
  equal(failed.revision, revision, 'the revision in force');
  await axe('config, rolled back');
  await picture('config-rolled-back');
  equal(await given(at, 'chat', 'OPENAI_MODEL'), 'gpt-5-mini', 'what the agent has back');

  // The same wherever one looks, and after a reload.
  await page.goto(`${base}#/agents`);
  await pill(page, 'chat', 'Rolled back').waitFor();
  await page.getByRole('list', { name: 'How far agents are' }).getByRole('link', { name: /1\s*failed/ }).click();
  await link(page, 'chat').click();
  const drawer = page.getByRole('dialog', { name: /chat/ });
  await drawer.getByText(/gemini-2\.5-flash/).first().waitFor();
  await drawer.getByText(/gpt-5-mini/).first().waitFor();
  await axe('agent, rolled back');
  await picture('agent-rolled-back');
  await page.goto(`${base}#/configs`);
  await page.reload();
  await pill(page, 'support', 'Rolled back').waitFor();

  // It is not tried again before somebody asks for it.
  await kubectl(at, 'delete', 'quota', 'full');
  await link(page, 'support').click();
  equal((await at.api('GET', config)).json.state, 'RolledBack', 'the state before Retry');
  await rollout(page).getByRole('button', { name: 'Retry' }).click();
  await page.getByText('support is tried again.').waitFor();
  await rollout(page).getByText('Ready', { exact: true }).waitFor();
  await rollout(page).getByText('1 of 1').waitFor();
  await rollout(page).getByRole('button', { name: 'Retry' }).waitFor({ state: 'detached' });
  equal(await given(at, 'chat', 'OPENAI_MODEL'), 'gemini-2.5-flash', 'what the agent has in the end');
});

scenario('35 an agent whose variable somebody else sets names them and the field, and the others are served', {}, async (at) => {
  const { page, base, ask, canary, axe, picture } = at;
  await ask('apply', {
    yaml: keyOf(at, 'openai', { key: canary() }) + agent(at, 'theirs', 'support', '{name: OPENAI_MODEL, value: by-hand}') + agent(at, 'free', 'support') + configured(at, 'support', 'openai', 'gpt-5-mini'),
  });
  const { token } = await ask('person', { name: 'jane', rights: ['edit'] });
  await enter({ page, base }, token, '#/agents');
  await pill(page, 'theirs', 'Behind').waitFor();
  await pill(page, 'free', 'Up to date').waitFor();
  await picture('agents-one-behind');
  await link(page, 'theirs').click();
  const drawer = page.getByRole('dialog', { name: /theirs/ });
  const said = await drawer.getByText(/is owned by/).first().innerText();
  check(/OPENAI_MODEL/.test(said) && /kubectl-client-side-apply/.test(said), `manager and field are in: ${said}`);
  await drawer.getByText('EnvOwnedByAnotherManager', { exact: true }).waitFor();
  await axe('agent, behind');
  await picture('agent-env-owned');
  equal(await given(at, 'theirs', 'OPENAI_MODEL'), 'by-hand', 'what its owner set');
  equal(await given(at, 'theirs', 'OPENAI_API_KEY'), undefined, 'a key beside an address of somebody else');

  // Taken out there, it is delivered here, while one looks.
  await ask('apply', { yaml: agent(at, 'theirs', 'support') });
  await drawer.getByText('Up to date').first().waitFor();
  await drawer.getByText('EnvOwnedByAnotherManager', { exact: true }).waitFor({ state: 'hidden' });
  equal(await given(at, 'theirs', 'OPENAI_MODEL'), 'gpt-5-mini', 'what the agent has then');
});

scenario('36 what kubectl edit saves is on the page within a second, without a reload', {}, async (at) => {
  const { page, base, ask, namespace } = at;
  await ask('apply', { yaml: echo(at) + configured(at, 'support', 'echo', 'echo', 'displayName: Version 0') });
  const { token } = await ask('person', { name: 'jane', rights: ['edit'] });
  await enter({ page, base }, token, '#/configs');
  await row(page, 'support').getByText('Version 0').waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.evaluate(() => {
    globalThis.same = true;
    globalThis.seen = {};
    new MutationObserver(() => {
      const text = /Version \d/.exec(document.querySelector('main')?.textContent ?? '')?.[0];
      if (text !== undefined) {
        globalThis.seen[text] ??= Date.now();
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const took = [];
  for (const version of [1, 2, 3]) {
    await ask('terminal', { command: `KUBE_EDITOR="sed -i 's/Version ${version - 1}/Version ${version}/'" kubectl edit -n ${namespace} mcfg/support` });
    const saved = Date.now();
    await row(page, 'support').getByText(`Version ${version}`).waitFor();
    took.push(await page.evaluate((one) => globalThis.seen[one], `Version ${version}`) - saved);
  }
  // One of three may meet a pause of this machine.
  took.sort((a, b) => a - b);
  check(took[1] <= 1_000, `it takes ${took} ms`);
  check(await page.evaluate(() => globalThis.same), 'the page was not loaded again');

  // Somebody who has it open reads it there, and what they typed elsewhere in the form stays.
  await link(page, 'support').click();
  await page.getByRole('switch', { name: 'Send time limit (s)' }).click();
  await ask('terminal', { command: `KUBE_EDITOR="sed -i 's/Version 3/Version 4/'" kubectl edit -n ${namespace} mcfg/support` });
  const name = page.getByLabel(/^Display name/);
  await eventually('the form has what was edited', async () => (await name.inputValue()) === 'Version 4');
  await page.getByText('Somebody has saved this config meanwhile, other fields than yours.', { exact: false }).waitFor();
  await page.getByRole('region', { name: 'Save' }).getByText('1 change', { exact: true }).waitFor();
});
