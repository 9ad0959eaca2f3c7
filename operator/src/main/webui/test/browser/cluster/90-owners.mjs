import { equal, eventually, scenario } from '../harness.mjs';
import { configured, echo, live, row, told } from '../cluster.mjs';
import { enter, enterAs, way } from '../ways.mjs';

/** Who has a field, by what Kubernetes keeps of it. */
const owners = (object, ...path) =>
  object.metadata.managedFields
    .filter(({ fieldsV1, subresource }) => subresource === undefined && path.reduce((node, name) => node?.[`f:${name}`], fieldsV1) !== undefined)
    .map(({ manager }) => manager);

scenario('74 a field that kubectl owns is unset after a question, and nothing else is touched', { expects: [409] }, async (at) => {
  const { page, base, ask, namespace, axe, picture } = at;
  await ask('apply', { yaml: echo(at) + configured(at, 'support', 'echo', 'echo', 'displayName: Theirs', 'parameters: {temperature: 0.7, topP: 0.9, timeoutSeconds: 30}') });
  await told(at, `/config/model-configs/${namespace}.support`, 'it is there', (one) => one?.state === 'Ready');
  const before = await live(at, 'mcfg', 'support');
  const { token } = await ask('person', { name: 'jane', rights: ['edit'] });
  await enter({ page, base }, token, `#/configs/${namespace}/support`);
  const bar = page.getByRole('region', { name: 'Save' });
  const save = bar.getByRole('button', { name: 'Save', exact: true });
  await page.getByRole('switch', { name: 'Send time limit (s)' }).click();
  await bar.getByText('1 change', { exact: true }).waitFor();
  await save.click();
  const dialog = page.getByRole('dialog', { name: 'Take these fields over?' });
  await dialog.getByText(/kubectl-client-side-apply/).waitFor();
  equal(await dialog.getByRole('checkbox').count(), 1, 'fields that are asked about');
  await dialog.getByText(/parameters\.timeoutSeconds/).waitFor();
  await axe('a field of kubectl');
  await picture('unset-field-of-kubectl');

  // Not agreed: nothing is written.
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  equal((await live(at, 'mcfg', 'support')).metadata.resourceVersion, before.metadata.resourceVersion, 'the object after Cancel');
  await save.click();
  await dialog.getByRole('button', { name: 'Take over and save' }).click();
  await page.getByText('Saved support.').waitFor();
  const after = await live(at, 'mcfg', 'support');
  equal(after.spec.parameters, { temperature: 0.7, topP: 0.9 }, 'what is left');
  equal([after.spec.displayName, after.spec.model, after.spec.apiKeyRef], ['Theirs', 'echo', { name: 'echo' }], 'other fields');
  for (const path of [['spec', 'parameters', 'temperature'], ['spec', 'parameters', 'topP'], ['spec', 'displayName'], ['spec', 'model'], ['spec', 'apiKeyRef', 'name']]) {
    equal(owners(after, ...path), owners(before, ...path), `the owners of ${path.join('.')}`);
  }
  equal(owners(after, 'spec', 'parameters', 'timeoutSeconds'), [], 'owners of what is gone');
  await bar.getByText('Nothing to save.').first().waitFor();
});

scenario('69 a Secret that has not agreed to an endpoint: the command is shown, and agreeing takes a right on the Secret', { expects: [422, 403] }, async (at) => {
  const { page, base, ask, namespace, provider, canary, axe, picture } = at;
  await ask('apply', { yaml: `
apiVersion: v1
kind: Secret
metadata: {name: theirs, namespace: ${namespace}}
stringData: {token: "${canary()}"}
` });
  const drawer = page.getByRole('dialog', { name: 'Add key' });
  const fill = async () => {
    await page.getByRole('button', { name: /^Add (the first )?key/ }).first().click();
    await drawer.getByRole('radio', { name: 'OpenAI', exact: true }).check({ force: true });
    await drawer.getByRole('radio', { name: /Existing Secret/ }).check({ force: true });
    await drawer.getByRole('combobox', { name: 'Secret', exact: true }).click();
    await page.getByRole('option', { name: 'theirs' }).click();
    await drawer.getByRole('combobox', { name: 'Field of the Secret' }).click();
    await page.getByRole('option', { name: 'token' }).click();
    await drawer.getByRole('textbox', { name: /^Name/ }).first().fill('foreign');
    await drawer.getByText('Advanced', { exact: true }).click();
    await drawer.getByLabel(/^Endpoint/).fill(`${provider}/v1`);
    await drawer.getByRole('switch', { name: /plain http/ }).click();
    await drawer.getByRole('button', { name: /^Save/ }).click();
    await drawer.getByText(/kubectl annotate secret theirs/).waitFor();
  };
  const none = async (what) => {
    equal((await at.api('GET', `/config/api-keys/${namespace}.foreign`)).status, 404, what);
    equal((await live(at, 'secret', 'theirs')).metadata.annotations?.['llmconfig.dev/allowed-endpoints'], undefined, 'what the Secret agrees to');
  };
  const keeper = await ask('person', { name: 'keeper', rights: ['edit', 'secrets'] });
  const onlooker = await ask('person', { name: 'looker', rights: ['edit', 'see secrets'] });
  await enter({ page, base }, onlooker.token, '#/keys');
  await fill();
  await axe('consent is missing');
  await picture('consent-missing');
  await none('an object without consent');
  await drawer.getByRole('button', { name: 'Agree and save' }).click();
  await drawer.getByText(/may not patch secrets/).waitFor();
  await picture('consent-refused');
  await none('an object whose consent was refused');

  await enterAs({ page, base }, keeper.token, '#/keys');
  await fill();
  await drawer.getByRole('button', { name: 'Agree and save' }).click();
  await row(page, 'foreign').getByText('Ready', { exact: true }).waitFor();
  equal((await live(at, 'secret', 'theirs')).metadata.annotations['llmconfig.dev/allowed-endpoints'], `${provider}/v1`, 'what the Secret agrees to');
});

const EDITS = 200;

scenario('70 two replicas behind one address: after two hundred edits no row has gone back and none is missing', { expects: ['net::ERR_'] }, async (at) => {
  const { page, base, ask, namespace, token, guard } = at;
  await ask('apply', { yaml: echo(at) + ['a', 'b', 'c'].map((name) => configured(at, name, 'echo', 'echo')).join('') });
  const other = await ask('replica');
  for (const one of [base, other.base]) {
    await eventually(`${one} has the configs`, async () => {
      const answer = await fetch(`${one}api/config/model-configs?namespace=${namespace}`, { headers: { authorization: `Bearer ${token}` } });
      return (await answer.json()).total === 3;
    });
  }
  const door = await way(base, other.base);
  guard.knows(new URL(door.base).origin);
  try {
    const jane = await ask('person', { name: 'jane', rights: ['edit'] });
    await enter({ page, base: door.base }, jane.token, '#/configs');
    await row(page, 'c').waitFor();
    await page.evaluate(() => {
      globalThis.backwards = [];
      const newest = {};
      new MutationObserver(() => {
        for (const one of document.querySelectorAll('main tbody [role=row][data-id]')) {
          const edit = Number(/Edit (\d+)/.exec(one.querySelector('th').textContent)?.[1] ?? 0);
          const before = newest[one.dataset.id] ?? 0;
          if (edit < before) {
            globalThis.backwards.push(`${one.dataset.id}: ${edit} after ${before}`);
          }
          newest[one.dataset.id] = Math.max(edit, before);
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    for (let edit = 1; edit <= EDITS; edit++) {
      const name = ['a', 'b', 'c'][edit % 3];
      const answer = await fetch(`${door.base}api/config/model-configs/${namespace}.${name}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-match': '*' },
        body: JSON.stringify({ displayName: `Edit ${edit}` }),
      });
      equal(answer.status, 200, await answer.text());
      if (edit % 20 === 0) {
        door.cut(); // the next stream is of the other replica
      }
      if (edit % 50 === 0) {
        await row(page, name).getByText(`Edit ${edit}`, { exact: true }).waitFor();
      }
    }
    for (const [name, edit] of [['a', 198], ['b', 199], ['c', 200]]) {
      await row(page, name).getByText(`Edit ${edit}`, { exact: true }).waitFor();
    }
    equal(await page.evaluate(() => globalThis.backwards), [], 'rows that went back in time');
    equal(new Set(await Promise.all([base, other.base].map(async (one) => {
      const answer = await fetch(`${one}api/config/model-configs?namespace=${namespace}`, { headers: { authorization: `Bearer ${token}` } });
      return JSON.stringify((await answer.json()).items.map(({ id, displayName }) => [id, displayName]));
    }))).size, 1, 'states that the two show in the end');
  } finally {
    door.close();
  }
});
