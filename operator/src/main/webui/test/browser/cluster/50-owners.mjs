import { check, equal, eventually, scenario } from '../harness.mjs';
import { CLIPBOARD, configIs, configOf, copied, keyOf, link, live, ownersOf, row } from '../cluster.mjs';
import { box, edit, saveBar } from './40-configs.mjs';

const tracking = ({ namespace }, kind, name, application = 'llm-team-a') => `argocd.argoproj.io/tracking-id: "${application}:llmconfig.dev/${kind}:${namespace}/${name}"`;

/** As a GitOps tool applies it. */
async function appliedBy({ ask, namespace }, manager, yaml, ...more) {
  const command = `cat <<'END' | kubectl apply -n ${namespace} --server-side --field-manager=${manager} ${more.join(' ')} -f -\n${yaml}\nEND`;
  return ask('terminal', { command });
}

scenario('30 what Argo CD owns is a draft here, and its copied YAML applies cleanly there', { ...CLIPBOARD, stage: { flags: { '--argocd-url': 'https://cd.example.com/argo/' } }, expects: [403, 409] }, async (at) => {
  const { page, ask, api, namespace, axe, picture, go } = at;
  await ask('apply', { yaml: keyOf(at, 'key') });
  const first = configOf(at, 'synced', '{apiKeyRef: {name: key}, model: claude-sonnet-4-5, parameters: {temperature: 0.3}}', `annotations: {${tracking(at, 'ModelConfig', 'synced')}}`);
  await appliedBy(at, 'argocd-controller', first);
  await configIs(at, 'synced', 'Ready');
  await edit(at, `#/configs/${namespace}/synced`);
  const banner = page.locator('.banner').filter({ hasText: 'Managed by Argo CD application llm-team-a.' });
  await banner.waitFor();
  equal(await saveBar(page).count(), 0, 'bars with Save');
  equal(await page.getByRole('button', { name: 'Save', exact: true }).count(), 0, 'buttons to save');
  // A link for a person to follow; nobody asks it before.
  const there = banner.getByRole('link', { name: 'Open in Argo CD' });
  equal(await there.evaluate((one) => [one.href, one.target, one.rel]), ['https://cd.example.com/argo/applications/llm-team-a', '_blank', 'noopener noreferrer nofollow'], 'where it leads');
  await axe('a config of Argo CD');
  await picture('cluster-argo');
  await box(page, 'Temperature').fill('0.85');
  await page.getByLabel(/^Display name/).fill('Synced: "yes" # no');
  await page.getByRole('tab', { name: 'YAML' }).click();
  await page.getByText(/lines? would change/).waitFor();
  const yaml = await copied(page, () => banner.getByRole('button', { name: 'Copy YAML' }).click());
  const patch = await copied(page, () => banner.getByRole('button', { name: 'Copy patch' }).click());
  check(!/status:|managedFields|resourceVersion|uid:|generation/.test(yaml), yaml);
  check(yaml.includes('tracking-id') === false || yaml.includes('llm-team-a:'), 'the mark of Argo CD is not bent');
  await picture('cluster-argo-draft');
  equal((await live(at, 'mcfg', 'synced')).spec.parameters.temperature, 0.3, 'the object while it is a draft');
  // Neither the menu nor another screen saves it, nor does a request past the page.
  await go('#/configs');
  await row(page, 'synced').getByText('Argo CD').waitFor();
  await row(page, 'synced').getByText('Not saved').waitFor();
  await row(page, 'synced').getByRole('button', { name: 'Actions for synced' }).click();
  for (const name of [/^Set as default/, /^Suspend/, /^Delete/]) {
    equal(await page.getByRole('menuitem', { name }).getAttribute('aria-disabled'), 'true', `${name}`);
  }
  await page.keyboard.press('Escape');
  const refused = await api('PATCH', `/config/model-configs/${namespace}.synced?force=true`, { parameters: { temperature: 1 } });
  equal([refused.status, refused.json.reason], [409, 'ManagedByGit'], 'a forced change');
  check(refused.json.yaml.includes('temperature: 1'), 'the answer has the YAML to commit');
  const selected = await api('POST', `/config/models/${namespace}.synced/select`, {});
  equal([selected.status, selected.json.reason], [409, 'ManagedByGit'], 'a new default');

  // The patch as kustomize would merge it: only what differs. Then the YAML as Argo CD applies it.
  check(patch.includes('temperature: 0.85') && !patch.includes('model:'), patch);
  await appliedBy(at, 'argocd-controller', yaml.includes('annotations') ? yaml : yaml.replace('metadata:', `metadata:\n  annotations: {${tracking(at, 'ModelConfig', 'synced')}}`));
  const after = await live(at, 'mcfg', 'synced');
  equal([after.spec.parameters, after.spec.displayName, after.spec.model], [{ temperature: 0.85 }, 'Synced: "yes" # no', 'claude-sonnet-4-5'], 'what came of it');
  equal(ownersOf(after, 'f:parameters f:temperature'), ['argocd-controller'], 'whose it is');
  await go(`#/configs/${namespace}/synced`);
  await eventually('the draft is what is saved', async () => (await box(page, 'Temperature').inputValue()) === '0.85' && (await page.getByRole('button', { name: 'Discard the draft' }).count()) === 0);
  equal(await page.getByRole('alert').filter({ hasText: /meanwhile/ }).count(), 0, 'conflicts');
});

scenario('32 fields of kubectl are asked about one by one, and only those are taken', { expects: [409] }, async (at) => {
  const { page, ask, namespace, axe, picture } = at;
  const yaml = configOf(at, 'mixed', '{apiKeyRef: {name: key}, model: claude-sonnet-4-5, displayName: From a file, parameters: {temperature: 0.3, maxOutputTokens: 400, topP: 0.9}}');
  await ask('apply', { yaml: keyOf(at, 'key') + yaml });
  await configIs(at, 'mixed', 'Ready');
  await edit(at, `#/configs/${namespace}/mixed`);
  await page.getByText('Last applied with kubectl.').waitFor();
  await picture('cluster-kubectl-owned');
  await box(page, 'Temperature').fill('0.6');
  await box(page, 'Max tokens').fill('900');
  await page.getByRole('switch', { name: 'Send top p' }).click();
  await page.getByLabel('Stop sequences').or(page.getByRole('switch', { name: 'Send stop sequences' })).first().waitFor();
  await page.getByRole('switch', { name: 'Send time limit (s)' }).click();
  await saveBar(page).getByRole('button', { name: /^Save/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Take these fields over?' });
  await dialog.getByText(/^kubectl.* set them/).waitFor();
  const fields = ['parameters.maxOutputTokens', 'parameters.temperature', 'parameters.topP'];
  equal((await dialog.getByRole('checkbox').evaluateAll((all) => all.map((one) => one.closest('label').innerText.trim()))).sort(), fields, 'fields that are asked about');
  equal((await live(at, 'mcfg', 'mixed')).spec.parameters, { maxOutputTokens: 400, temperature: 0.3, topP: 0.9 }, 'the object before anybody has agreed');
  await dialog.getByRole('checkbox', { name: 'parameters.maxOutputTokens' }).uncheck();
  await axe('take some fields over');
  await picture('cluster-take-some');
  await dialog.getByRole('button', { name: 'Take over and save' }).click();
  await page.getByText('Saved mixed.').waitFor();
  const after = await live(at, 'mcfg', 'mixed');
  equal(after.spec.parameters, { maxOutputTokens: 400, temperature: 0.6, timeoutSeconds: 60 }, 'the parameters');
  equal([after.spec.displayName, after.spec.model], ['From a file', 'claude-sonnet-4-5'], 'what nobody has touched');
  const ours = (path) => ownersOf(after, path).includes('llm-config-playground');
  equal([ours('f:parameters f:temperature'), ours('f:parameters f:timeoutSeconds'), ours('f:parameters f:maxOutputTokens'), ours('f:model'), ours('f:displayName')], [true, true, false, false, false], 'what the page owns now');
  equal(await box(page, 'Max tokens').inputValue(), '400', 'what was left with kubectl stands in the form as it is');
  // The next apply of that manifest takes back what it says, and says nothing of what it never had.
  await ask('apply', { yaml });
  await eventually('the form follows', async () => (await box(page, 'Temperature').inputValue()) === '0.3');
  equal((await live(at, 'mcfg', 'mixed')).spec.parameters.timeoutSeconds, 60, 'the field that only the page has');
});

scenario('31 what Flux and Helm own is a draft here, too; a mark that was copied from another object binds nobody', { ...CLIPBOARD, expects: [409, 412] }, async (at) => {
  const { page, ask, api, namespace, axe, picture, go } = at;
  const spec = '{apiKeyRef: {name: key}, model: claude-sonnet-4-5, parameters: {temperature: 0.3}}';
  const owned = [
    ['of-flux', 'kustomize-controller', 'labels: {kustomize.toolkit.fluxcd.io/name: apps, kustomize.toolkit.fluxcd.io/namespace: flux-system}', 'Managed by Flux object flux-system/apps.', 'Flux'],
    ['of-flux-helm', 'helm-controller', 'labels: {helm.toolkit.fluxcd.io/name: team-a, helm.toolkit.fluxcd.io/namespace: flux-system}', 'Managed by Flux object flux-system/team-a.', 'Flux'],
    ['of-helm', 'helm', 'labels: {app.kubernetes.io/managed-by: Helm}, annotations: {meta.helm.sh/release-name: llm, meta.helm.sh/release-namespace: tools}', 'Managed by Helm release llm.', 'Helm'],
  ];
  const free = [
    ['copied', `annotations: {${tracking(at, 'ModelConfig', 'the-original')}}`],
    ['paused', 'labels: {kustomize.toolkit.fluxcd.io/name: apps}, annotations: {kustomize.toolkit.fluxcd.io/reconcile: disabled}'],
    ['only-labelled', 'labels: {app.kubernetes.io/managed-by: Helm}'],
  ];
  await ask('apply', { yaml: keyOf(at, 'key') });
  for (const [name, manager, head] of owned) {
    await appliedBy(at, manager, configOf(at, name, spec, head));
  }
  for (const [name, head] of free) {
    await appliedBy(at, 'somebody', configOf(at, name, spec, head));
  }
  await ask('terminal', { command: `kubectl annotate -n ${namespace} akc key meta.helm.sh/release-name=llm && kubectl label -n ${namespace} akc key app.kubernetes.io/managed-by=Helm` });
  for (const [name] of [...owned, ...free]) {
    await configIs(at, name, 'Ready');
  }
  await edit(at, '#/configs');
  for (const [name, manager, head, words, badge] of owned) {
    await go('#/configs');
    await row(page, name).getByText(badge, { exact: true }).waitFor();
    await row(page, name).getByRole('button', { name: `Actions for ${name}` }).click();
    for (const what of [/^Set as default/, /^Suspend/, /^Delete/]) {
      equal(await page.getByRole('menuitem', { name: what }).getAttribute('aria-disabled'), 'true', `${what} of ${name}`);
    }
    await page.keyboard.press('Escape');
    await go(`#/configs/${namespace}/${name}`);
    const banner = page.locator('.banner').filter({ hasText: words });
    await banner.waitFor();
    await box(page, 'Temperature').fill('0.85');
    await page.getByText('Not saved yet').or(banner.getByRole('button', { name: 'Discard the draft' })).first().waitFor();
    equal(await saveBar(page).count(), 0, `bars with Save for ${name}`);
    const refused = await api('PATCH', `/config/model-configs/${namespace}.${name}?force=true`, { parameters: { temperature: 1 } });
    equal([refused.status, refused.json.reason], [409, 'ManagedByGit'], `a forced change of ${name}`);
    check(refused.json.detail.includes(badge), refused.json.detail);
    // What is copied is what that tool applies.
    const yaml = await copied(page, () => banner.getByRole('button', { name: 'Copy YAML' }).click());
    check(yaml.includes('temperature: 0.85') && !/status:|managedFields/.test(yaml), yaml);
    await appliedBy(at, manager, /labels|annotations/.test(yaml) ? yaml : yaml.replace('metadata:', `metadata:\n  ${head.replaceAll(/\}, (?=annotations)/g, '}\n  ')}`));
    equal((await live(at, 'mcfg', name)).spec.parameters, { temperature: 0.85 }, `what came of the YAML of ${name}`);
    equal(ownersOf(await live(at, 'mcfg', name), 'f:parameters f:temperature'), [manager], `whose it is in ${name}`);
  }
  await axe('a config of Helm');
  await picture('cluster-helm');
  await go('#/keys');
  await row(page, 'key').getByText('Helm', { exact: true }).waitFor();
  await row(page, 'key').getByRole('button', { name: 'Actions for key' }).click();
  equal(await page.getByRole('menuitem', { name: /^Replace key/ }).getAttribute('aria-disabled'), 'true', 'Replace key');
  equal(await page.getByRole('menuitem', { name: 'Test', exact: true }).getAttribute('aria-disabled'), null, 'Test');
  await page.keyboard.press('Escape');
  await link(page, 'key').click();
  await page.getByRole('dialog', { name: 'key', exact: true }).getByText('Managed by Helm release llm.').waitFor();
  await page.keyboard.press('Escape');

  for (const [name] of free) {
    await go(`#/configs/${namespace}/${name}`);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await box(page, 'Temperature').fill('0.6');
    equal(await page.getByText(/^Managed by/).count(), 0, `owners of ${name}`);
    await saveBar(page).getByRole('button', { name: /^Save/ }).click();
    await page.getByRole('dialog', { name: 'Take these fields over?' }).getByRole('button', { name: 'Take over and save' }).click();
    await page.getByText(`Saved ${name}.`).waitFor();
    equal((await live(at, 'mcfg', name)).spec.parameters, { temperature: 0.6 }, `what was saved of ${name}`);
  }
});
