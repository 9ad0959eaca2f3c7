import { check, equal, eventually, scenario } from '../harness.mjs';
import { agentOf, configOf, given, keyIs, keyOf, live, named, ownersOf, row, task } from '../cluster.mjs';
import { beginAs } from './30-keys.mjs';

/** Signs in as somebody who may edit, and opens a place of the one namespace. */
export const edit = (at, hash) => beginAs(at, ['edit'], 'jane', hash);

export const saveBar = (page) => page.getByRole('region', { name: 'Save', exact: true });

const save = (page) => saveBar(page).getByRole('button', { name: /^Save/ });

const slider = (page, name) => page.getByRole('slider', { name, exact: true });

export const box = (page, name) => page.getByRole('textbox', { name: `${name}, exact value` });

/** A config that the page owns wholly, as one that was made with it. */
async function made({ api, namespace, ask }, name, spec) {
  const answer = await api('POST', '/config/model-configs', { namespace, name, apiKeyRef: { name: 'key' }, model: 'claude-sonnet-4-5', ...spec });
  equal(answer.status, 201, answer.text);
  return ask;
}

scenario('24 a new default: what it does is said, the agents restart, and five of five arrive', {}, async (at) => {
  const { page, ask, namespace, api, axe, picture } = at;
  const agents = ['a', 'b', 'c', 'd', 'e'].map((one) => `agent-${one}`);
  // The last one takes three seconds, in which the page has four of five to tell.
  const pace = (one) => ({ spec: one === 'agent-e' ? 'minReadySeconds: 3' : '' });
  await ask('apply', { yaml: keyOf(at, 'key') + agents.map((one) => agentOf(at, one, 'default', pace(one))).join('') + agentOf(at, 'bystander', 'first') });
  await made(at, 'first', { isDefault: true });
  await made(at, 'second', { model: 'gpt-5' });
  await eventually('all follow the first', async () => (await api('GET', `/config/model-configs/${namespace}.first`)).json.agents?.upToDate === 6);
  await edit(at, '#/configs');
  await page.getByRole('progressbar', { name: 'Agents that run the settings of first' }).or(row(page, 'first').getByText('6 of 6')).first().waitFor();
  await page.getByTitle('Default model: claude-sonnet-4-5').waitFor();
  await task(page, 'second', 'Set as default');
  const dialog = page.getByRole('dialog', { name: 'Set second as default' });
  await dialog.getByText(`Agents in ${namespace} that follow the default change from first to second.`).waitFor();
  await dialog.getByText(`Restarts 5 agents in ${namespace}.`).waitFor();
  await dialog.getByText(/^Which ones/).click();
  for (const agent of agents) {
    await dialog.getByRole('listitem').filter({ hasText: `${namespace}.Deployment.${agent}` }).getByText('restarts').waitFor();
  }
  equal(await dialog.getByText('bystander').count(), 0, 'an agent that does not follow the default');
  await axe('set as default');
  await picture('cluster-set-default');
  equal((await live(at, 'mcfg', 'second')).spec.isDefault, undefined, 'the role before anybody has agreed');
  // From now on the page tells how far it is; each number is looked at as it comes.
  await page.evaluate(() => {
    const seen = (globalThis.__seen = new Set());
    new MutationObserver(() => {
      for (const one of document.querySelectorAll('tr')) {
        if (one.innerText.includes('second')) {
          const told = /(\d) of (\d)/.exec(one.innerText)?.[0];
          if (told) {
            seen.add(told);
          }
        }
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await dialog.getByRole('button', { name: 'Set as default' }).click();
  await page.getByText('second is the default now.').waitFor();
  await page.getByTitle('Default model: gpt-5', { exact: true }).waitFor();
  await row(page, 'second').getByText('5 of 5').waitFor();
  await row(page, 'first').getByText('1 of 1').waitFor();
  const seen = await page.evaluate(() => [...globalThis.__seen]);
  check(seen.at(-1) === '5 of 5' && seen.length > 1, `the progress that was seen: ${seen}`);
  await picture('cluster-five-of-five');
  equal((await named(at, 'mcfg')).filter((one) => one.spec.isDefault).map((one) => one.metadata.name), ['second'], 'defaults');
  for (const agent of agents) {
    const deployment = await live(at, 'deployment', agent);
    const env = deployment.spec.template.spec.containers[0].env;
    equal(env.find((one) => one.name === 'OPENAI_MODEL')?.value, 'gpt-5', `the model of ${agent}`);
    equal(deployment.status.updatedReplicas, 1, `pods of ${agent} that are new`);
  }
  check(JSON.stringify((await live(at, 'deployment', 'bystander')).spec).includes('claude-sonnet-4-5'), 'the bystander has what it had');
});

scenario('26 temperature cannot be sent to a model that refuses it, and one that is left over can go', { expects: [409, 412, 422] }, async (at) => {
  const { page, ask, namespace, axe, picture } = at;
  await ask('apply', { yaml: keyOf(at, 'key') + configOf(at, 'thinking', '{apiKeyRef: {name: key}, model: gpt-5-mini, parameters: {temperature: 0.4, maxOutputTokens: 500}}') });
  await edit(at, `#/configs/${namespace}/thinking`);
  const group = page.getByRole('group', { name: 'Temperature', exact: true });
  await group.getByText(/does not accept temperature|does not take temperature/i).waitFor();
  check(await slider(page, 'Temperature').isDisabled(), 'the slider is dead');
  check(await page.getByRole('switch', { name: 'Send temperature' }).isDisabled(), 'the switch is dead');
  check(await box(page, 'Temperature').isDisabled(), 'the box is dead');
  equal(await slider(page, 'Temperature').getAttribute('aria-valuetext'), 'not sent', 'what is told of the slider');
  check(await slider(page, 'Max tokens').isEnabled(), 'what the model takes can be moved');
  await page.getByText('Set to 0.4, and not sent.').waitFor();
  await page.getByRole('tabpanel').getByText('OPENAI_MODEL').waitFor();
  check(!/TEMPERATURE/.test(await page.getByRole('tabpanel').innerText()), 'agents are told no temperature');
  await axe('a parameter that the model refuses');
  await picture('cluster-temperature-refused');
  await page.getByRole('button', { name: 'Remove it' }).click();
  await page.getByText('Set to 0.4, and not sent.').waitFor({ state: 'hidden' });
  await save(page).click();
  const dialog = page.getByRole('dialog', { name: 'Take these fields over?' });
  await dialog.getByText('parameters.temperature', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Take over and save' }).click();
  await page.getByText('Saved thinking.').waitFor();
  const config = await live(at, 'mcfg', 'thinking');
  equal(config.spec.parameters, { maxOutputTokens: 500 }, 'the parameters');
  check(!ownersOf(config, 'f:parameters f:maxOutputTokens').includes('llm-config-playground'), 'nothing else was taken over');
  // Another model takes it again, at once and without a reload.
  await page.getByRole('combobox', { name: 'Model', exact: true }).fill('claude-sonnet-4-5');
  await page.keyboard.press('Tab');
  await eventually('the slider lives', () => slider(page, 'Temperature').isEnabled());
});

scenario('27 a slider by the keyboard alone: moved, saved, unset, and then no field in the object', {}, async (at) => {
  const { page, ask, namespace, axe } = at;
  await ask('apply', { yaml: keyOf(at, 'key') });
  await keyIs(at, 'key', 'Ready');
  await made(at, 'calm', {});
  await edit(at, `#/configs/${namespace}/calm`);
  const { keyboard } = page;
  const temperature = slider(page, 'Temperature');
  await temperature.waitFor();
  const said = () => temperature.getAttribute('aria-valuetext');
  const reach = async (what) => {
    for (let step = 0; step < 60; step += 1) {
      if (await what.evaluate((one) => one === document.activeElement)) {
        return;
      }
      await keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${what}`);
  };
  equal(await said(), 'not sent', 'what is told before');
  await page.getByRole('combobox', { name: 'Key', exact: true }).focus();
  await reach(temperature);
  const path = [];
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'ArrowRight', 'PageUp', 'PageDown', 'End', 'PageUp', 'PageDown']) {
    await keyboard.press(key);
    path.push(await said());
  }
  equal(path, ['0.75', '0.8', '0.75', '0', '0.05', '0.55', '0.05', '2', '2', '1.5'], 'where the keys lead');
  equal(await box(page, 'Temperature').inputValue(), '1.5', 'the exact value');
  await axe('a slider that was moved');
  await reach(save(page));
  await eventually('it can be saved', async () => (await save(page).getAttribute('aria-disabled')) !== 'true');
  await keyboard.press('Enter');
  await page.getByText('Saved calm.').first().waitFor();
  equal((await live(at, 'mcfg', 'calm')).spec.parameters, { temperature: 1.5 }, 'the parameters');
  const send = page.getByRole('switch', { name: 'Send temperature' });
  await page.getByRole('combobox', { name: 'Key', exact: true }).focus();
  await reach(send);
  await keyboard.press('Space');
  equal(await said(), 'not sent', 'what is told after');
  await reach(save(page));
  await keyboard.press('Enter');
  await eventually('the field is gone', async () => (await live(at, 'mcfg', 'calm')).spec.parameters?.temperature === undefined);
  const { metadata } = await live(at, 'mcfg', 'calm');
  check(!JSON.stringify(metadata.managedFields).includes('f:temperature'), 'nobody owns what is not there');
});

scenario('28 saved while kubectl edits: both versions are there to choose from, and nothing is lost', { expects: [409, 412] }, async (at) => {
  const { page, ask, namespace, axe, picture } = at;
  await ask('apply', { yaml: keyOf(at, 'key') });
  await keyIs(at, 'key', 'Ready');
  await made(at, 'shared', { displayName: 'Shared', parameters: { temperature: 0.3, maxOutputTokens: 400 } });
  await edit(at, `#/configs/${namespace}/shared`);
  await box(page, 'Temperature').fill('0.9');
  await page.getByLabel(/^Display name/).fill('Mine alone');
  // The same field and another one, as somebody with an editor does it.
  await ask('terminal', { command: `KUBE_EDITOR="sed -i -e 's/temperature: 0.3/temperature: 0.1/' -e 's/maxOutputTokens: 400/maxOutputTokens: 800/'" kubectl edit mcfg shared -n ${namespace}` });
  equal((await live(at, 'mcfg', 'shared')).spec.parameters, { maxOutputTokens: 800, temperature: 0.1 }, 'what kubectl made of it');
  const banner = page.getByRole('alert').filter({ hasText: 'Somebody has changed the same fields meanwhile' });
  await banner.waitFor();
  const conflict = banner.getByRole('listitem').filter({ hasText: 'parameters.temperature' });
  await conflict.getByText('0.9').waitFor();
  await conflict.getByText('0.1').waitFor();
  equal(await banner.getByRole('listitem').count(), 1, 'fields to decide about');
  equal(await box(page, 'Max tokens').inputValue(), '800', 'what only they have changed');
  equal(await page.getByLabel(/^Display name/).inputValue(), 'Mine alone', 'what only I have changed');
  equal(await save(page).getAttribute('aria-disabled'), 'true', 'whether one can save before deciding');
  await axe('a conflict');
  await picture('cluster-conflict');
  await banner.getByRole('button', { name: /^Keep mine/ }).click();
  await banner.waitFor({ state: 'hidden' });
  await save(page).click();
  const dialog = page.getByRole('dialog', { name: 'Take these fields over?' });
  await dialog.getByText('parameters.temperature', { exact: true }).waitFor();
  equal(await dialog.getByRole('checkbox').count(), 1, 'fields that are asked about');
  await axe('take fields over');
  await picture('cluster-take-over');
  await dialog.getByRole('button', { name: 'Take over and save' }).click();
  await page.getByText('Saved shared.').waitFor();
  const config = await live(at, 'mcfg', 'shared');
  equal([config.spec.parameters, config.spec.displayName], [{ maxOutputTokens: 800, temperature: 0.9 }, 'Mine alone'], 'what came of both');
  equal(ownersOf(config, 'f:parameters f:maxOutputTokens').includes('kubectl-edit'), true, 'whose the other field is');
  // And the other way round: theirs.
  await box(page, 'Temperature').fill('0.7');
  await ask('kubectl', { arguments: ['patch', 'mcfg', 'shared', '--type=merge', '-p', '{"spec":{"parameters":{"temperature":0.2}}}'] });
  await page.getByRole('button', { name: /^Take theirs/ }).click();
  equal(await box(page, 'Temperature').inputValue(), '0.2', 'the form');
  await saveBar(page).getByText('Nothing to save.').first().waitFor();
});

scenario('25 two defaults made with kubectl: who has the role is told, what is in the way, and the way out', { expects: [409] }, async (at) => {
  const { page, ask, namespace, api, axe, picture } = at;
  const claiming = (name, model) => configOf(at, name, `{apiKeyRef: {name: key}, model: ${model}, isDefault: true}`);
  await ask('apply', { yaml: keyOf(at, 'key') + claiming('support', 'claude-sonnet-4-5') + agentOf(at, 'agent') });
  await eventually('the agent follows it', async () => (await api('GET', `/config/model-configs/${namespace}.support`)).json?.agents?.upToDate === 1);
  // The one that was first has the role, whatever the names; times have whole seconds.
  await eventually('a second has passed', async () => Date.now() > Date.parse((await live(at, 'mcfg', 'support')).metadata.creationTimestamp) + 2_000);
  await ask('apply', { yaml: claiming('another', 'gpt-5') });
  await edit(at, '#/configs');
  const stars = (name) => row(page, name).getByRole('img', { name: 'Default of the namespace' });
  await row(page, 'another').getByText('Refused', { exact: true }).waitFor();
  await row(page, 'support').getByText('Ready', { exact: true }).waitFor();
  await eventually('one has the star', async () => (await stars('another').count()) === 0);
  equal(await stars('support').count(), 1, 'stars of who was first');
  await page.getByTitle('Default model: claude-sonnet-4-5', { exact: true }).waitFor();
  await axe('configs, two defaults');
  await picture('cluster-two-defaults');
  await row(page, 'another').getByRole('link', { name: /another$/ }).click();
  await page.getByText('ModelConfig support is the default of this namespace already: set isDefault to false on one of the two. Agents that name this one are served.').first().waitFor();
  equal(await page.getByText('Default of the namespace', { exact: true }).and(page.locator('.badge')).count(), 0, 'badges of the default');
  await axe('a config whose role another one has');
  await picture('cluster-two-defaults-one');
  equal(await given(at, 'agent', 'OPENAI_MODEL'), 'claude-sonnet-4-5', 'what the agent has');

  await page.getByRole('button', { name: 'Set as default' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set another as default' });
  await dialog.getByText(`Agents in ${namespace} that follow the default change from support to another.`).waitFor();
  await dialog.getByText(`Restarts 1 agent in ${namespace}.`).waitFor();
  await dialog.getByRole('button', { name: 'Set as default' }).click();
  await dialog.getByRole('button', { name: 'Take these fields over' }).click();
  // What it does then is shown before it is done.
  await dialog.getByText('owns this field').waitFor();
  await dialog.getByRole('button', { name: 'Set as default' }).click();
  await page.getByText('another is the default now.').waitFor();
  equal((await named(at, 'mcfg')).filter((one) => one.spec.isDefault).map((one) => one.metadata.name), ['another'], 'defaults');
  await page.getByText('Default of the namespace', { exact: true }).and(page.locator('.badge')).waitFor();
  await page.getByTitle('Default model: gpt-5', { exact: true }).waitFor();
  await eventually('the agent follows the other', async () => (await given(at, 'agent', 'OPENAI_MODEL')) === 'gpt-5');
});

scenario('29 a status that changes while somebody edits spoils no save', {}, async (at) => {
  const { page, ask, api, namespace, axe } = at;
  await ask('apply', { yaml: keyOf(at, 'key') });
  await keyIs(at, 'key', 'Ready');
  await made(at, 'busy', { displayName: 'Busy', parameters: { temperature: 0.3 } });
  const one = async () => (await api('GET', `/config/model-configs/${namespace}.busy`)).json;
  await eventually('it is ready', async () => (await one()).state === 'Ready');
  const before = await one();
  await edit(at, `#/configs/${namespace}/busy`);
  await box(page, 'Temperature').fill('0.9');
  await page.getByLabel(/^Display name/).fill('Typed before');
  // An agent comes, rolls and is up to date: the status changes, and each time the object with it.
  await ask('apply', { yaml: agentOf(at, 'late', 'busy') });
  await page.getByRole('region', { name: 'Show its agents' }).getByText('1 of 1').waitFor();
  equal((await api('POST', `/config/api-keys/${namespace}.key/test`, {})).json.outcome, 'Accepted', 'the test of the key');
  const after = await one();
  equal([after.generation, after.rv === before.rv], [before.generation, false], 'the generation, and whether the version is the same');
  equal([await box(page, 'Temperature').inputValue(), await page.getByLabel(/^Display name/).inputValue()], ['0.9', 'Typed before'], 'what was typed');
  equal(await page.getByText(/Somebody has/).count(), 0, 'words about somebody else');
  await axe('an edit beside a rollout');
  await eventually('it can be saved', async () => (await save(page).getAttribute('aria-disabled')) !== 'true');
  await save(page).click();
  await page.getByText('Saved busy.').waitFor();
  const { spec } = await live(at, 'mcfg', 'busy');
  equal([spec.displayName, spec.parameters], ['Typed before', { temperature: 0.9 }], 'what was saved');

  // The same for a key, whose status changes with each check.
  await api('PATCH', `/config/api-keys/${namespace}.key?force=true`, { displayName: 'Named here' });
  await page.evaluate(() => { location.hash = '#/keys'; });
  await row(page, 'key').getByText('Named here').waitFor();
  await task(page, 'key', 'Edit');
  const drawer = page.getByRole('dialog', { name: 'Edit key' });
  await drawer.getByLabel(/^Display name/).fill('Typed before');
  const { rv, generation } = (await api('GET', `/config/api-keys/${namespace}.key`)).json;
  await ask('mood', { path: '/v1', mood: 'Down' });
  equal((await api('POST', `/config/api-keys/${namespace}.key/test`, {})).json.outcome, 'Unknown', 'a test in bad weather');
  await keyIs(at, 'key', 'Unknown');
  const checked = (await api('GET', `/config/api-keys/${namespace}.key`)).json;
  equal([checked.generation, checked.rv === rv], [generation, false], 'the generation of the key, and whether its version is the same');
  equal(await drawer.getByLabel(/^Display name/).inputValue(), 'Typed before', 'what was typed of the key');
  await drawer.getByRole('button', { name: /^Save/ }).click();
  await drawer.waitFor({ state: 'hidden' });
  equal((await live(at, 'akc', 'key')).spec.displayName, 'Typed before', 'the name that was saved');
});
