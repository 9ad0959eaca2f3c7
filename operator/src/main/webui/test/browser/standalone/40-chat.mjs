import { check, equal, eventually, scenario } from '../harness.mjs';

const question = (page) => page.getByRole('textbox', { name: 'Your question' });
const answers = (page) => page.getByRole('article', { name: /^Answer of/ });

export async function say(page, text) {
  await question(page).fill(text);
  await page.getByRole('button', { name: /^Send/ }).click();
}

/** A key of the fake provider, and models of it that need no list. */
export async function withModels({ api, provider, canary }, ...models) {
  const key = canary();
  const made = await api('POST', '/config/api-keys', { name: 'fake', provider: 'OpenAI', key, endpoint: `${provider}/v1`, allowInsecureEndpoint: true });
  equal(made.status, 201, made.text);
  for (const [at, model] of models.entries()) {
    const config = await api('POST', '/config/model-configs', { namespace: 'default', name: `m${at}`, apiKeyRef: { name: 'fake' }, model, isDefault: at === 0 });
    equal(config.status, 201, config.text);
    await eventually(`${model} is in force`, async () => {
      const { json } = await api('GET', `/config/model-configs/default.m${at}`);
      return json.state === 'Ready' || (console.log(json.state, json.sentence), false);
    });
  }
  return key;
}

const AGENT = (name, config) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: default, labels: {llmconfig.dev/model-config: ${config}}}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: agent, image: "example.com/agent:1"}]}
`;

/** The stage of a scenario with a folder of agents, each named with the config that it follows. */
export const withAgents = (agents) => ({
  flags: { '--manifests': '{folder}/manifests' },
  files: Object.fromEntries(Object.entries(agents).map(([name, config], at) => [`manifests/${at}.yaml`, AGENT(name, config)])),
});

export const piece = (text) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text } }] })}\n\n`;
export const end = (finish = 'stop') => `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: finish }] })}\n\ndata: [DONE]\n\n`;

scenario('02 in an empty store Echo answers, without a key', {}, async (at) => {
  const { page, signIn, axe } = at;
  await signIn();
  await page.getByRole('heading', { level: 1, name: 'Chat' }).waitFor();
  await page.getByText(/no key/i).first().waitFor();
  await page.getByRole('link', { name: 'Add a key' }).waitFor();
  await axe('chat, no key');
  await say(page, 'Good morning to you');
  await answers(page).filter({ hasText: 'Good morning to you' }).waitFor();
  await axe('chat, answered');
});

scenario('41 an answer streams in, Stop ends the provider’s work within a second and keeps what had come', {}, async (at) => {
  const { page, signIn, ask } = at;
  await withModels(at, 'gpt-5-mini');
  await ask('plays', { model: 'gpt-5-mini', pieces: [piece('One. '), piece('two ')], forEver: true });
  await signIn();
  await say(page, 'Count');
  await answers(page).filter({ hasText: 'One. two two' }).waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  check(await ask('left', { ms: 1_000 }), 'the provider’s answer is ended within a second');
  await answers(page).filter({ hasText: /^[^]*Stopped/ }).waitFor();
  // Not what is laid out: of a long answer that is only what is seen.
  check(/One\. two/.test((await answers(page).textContent()) ?? ''), 'what had come is kept');
  await page.getByRole('button', { name: /^Send/ }).waitFor();
});

scenario('42 a busy provider is counted down, a cut answer is kept, a filtered one is said to be', { expects: [429, 502, 503, 504, 500] }, async (at) => {
  const { page, signIn, ask } = at;
  await withModels(at, 'gpt-5-mini');
  await signIn();
  await question(page).waitFor();
  await ask('plays', { model: 'gpt-5-mini', pieces: ['{"error":{"message":"slow down","type":"requests","code":"rate_limit_exceeded"}}'], status: 429, headers: { 'retry-after': '7' } });
  await say(page, 'Busy?');
  await page.getByText(/It can be asked again in/).first().waitFor();

  await ask('plays', { model: 'gpt-5-mini', pieces: [piece('Half of an ')], ending: 'Cut' });
  await say(page, 'Cut');
  await answers(page).last().getByText(/What had come is kept/).waitFor();
  await answers(page).last().filter({ hasText: 'Half of an' }).waitFor(); // in the page’s next frame
  await page.getByRole('button', { name: 'Continue' }).first().waitFor();

  await ask('plays', { model: 'gpt-5-mini', pieces: [piece('Let me '), end('content_filter')] });
  await say(page, 'Filtered');
  await answers(page).last().getByText(/held back/).waitFor();

  await ask('plays', { model: 'gpt-5-mini', pieces: ['{"error":{"message":"the engine is overloaded","type":"server_error"}}'], status: 200 });
  await say(page, 'An error that calls itself 200');
  await answers(page).last().getByText(/Answering|Waiting/).waitFor({ state: 'hidden' });
  check(!((await answers(page).last().textContent()) ?? '').includes('the engine is overloaded'), 'nothing of the provider’s own words');
});

scenario('43 Markdown is drawn, code is copied, and an answer of a megabyte leaves the page quick', { context: { permissions: ['clipboard-read', 'clipboard-write'] } }, async (at) => {
  const { page, signIn, ask } = at;
  await withModels(at, 'gpt-5-mini', 'claude-sonnet-4-5');
  await signIn();
  await ask('plays', { model: 'gpt-5-mini', pieces: [piece('# Title\n\nSome **bold** words.\n\n```python\nprint("hello")\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n'), end()] });
  await say(page, 'Show me');
  const answer = answers(page).last();
  await answer.getByRole('heading', { name: 'Title' }).waitFor();
  await answer.locator('strong', { hasText: 'bold' }).waitFor();
  await answer.getByRole('cell', { name: '2' }).waitFor();
  await answer.getByRole('button', { name: 'Copy' }).first().click();
  equal((await page.evaluate(() => navigator.clipboard.readText())).trim(), 'print("hello")', 'what was copied');

  const words = `${'lorem ipsum dolor sit amet '.repeat(38)}\n\n`;
  await ask('plays', { model: 'gpt-5-mini', pieces: [...Array.from({ length: 1_000 }, () => piece(words)), piece('THE END'), end()] });
  await say(page, 'A lot');
  await answers(page).last().getByText('THE END').waitFor({ timeout: 60_000 });
  const box = question(page);
  await box.click();
  const took = await page.evaluate(async () => {
    const field = document.activeElement;
    const start = performance.now();
    for (const letter of 'quick') {
      field.value += letter;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, data: letter }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return (performance.now() - start) / 5;
  });
  check(took < 500, `a key stroke takes ${took} ms`);
});

scenario('44 three models side by side: one fails, two finish', { expects: [429, 500, 502, 503] }, async (at) => {
  const { page, signIn, ask } = at;
  await withModels(at, 'gpt-5-mini', 'claude-sonnet-4-5', 'gpt-5');
  await ask('plays', { model: 'gpt-5-mini', pieces: [piece('From the first.'), end()] });
  await ask('plays', { model: 'claude-sonnet-4-5', pieces: ['{"error":{"message":"no"}}'], status: 500 });
  await ask('plays', { model: 'gpt-5', pieces: [piece('From the third.'), end()] });
  await signIn();
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('button', { name: 'Compare' }).click();
  await say(page, 'All of you');
  await page.getByText('From the first.').waitFor();
  await page.getByRole('button', { name: /^Send to 3/ }).waitFor();
  equal(await answers(page).count(), 3, 'answers');
  await eventually('two have finished', async () => (await answers(page).getByRole('note', { name: 'Figures of this answer' }).count()) === 2);
  equal(await answers(page).getByRole('alert').count(), 1, 'answers that failed');
});

const HOSTILE = [
  '<script>globalThis.hit = 1</script>',
  '<img src=x onerror="globalThis.hit = 1">',
  '[click](javascript:globalThis.hit=1)',
  '<svg onload="globalThis.hit=1"><a xlink:href="javascript:globalThis.hit=1"><text y="9">x</text></a></svg>',
  '{{constructor.constructor("globalThis.hit=1")()}}',
  '<style>body{display:none}</style><form action="/api/session"><button>go</button></form><iframe srcdoc="<script>parent.hit=1</script>"></iframe>',
  '<a href="https://evil.example.com/" id="app" name="body" style="position:fixed;inset:0">over</a>',
].join('\n\n');

scenario('47 what is made to break pages is inert in an answer, in names and in addresses', { expects: [404, 422, 400] }, async (at) => {
  const { page, signIn, ask, api, go } = at;
  await withModels(at, 'gpt-5-mini');
  const evil = '<img src=x onerror=hit=1>"\'`${hit=1}{{hit=1}}\u202Etxt.exe';
  await api('PATCH', '/config/api-keys/default.fake', { displayName: evil });
  await api('POST', '/config/model-configs', { namespace: 'default', name: 'evil', apiKeyRef: { name: 'fake' }, model: '<svg/onload=hit=1>' });
  await ask('plays', { model: 'gpt-5-mini', pieces: [piece(HOSTILE), end()] });
  await signIn();
  await say(page, HOSTILE);
  const answer = answers(page).last();
  await answer.getByText('{{constructor').waitFor();
  await answer.getByText('over', { exact: false }).first().waitFor({ state: 'attached' });
  equal(await answer.locator('script, img, svg[onload], iframe, form, style, [style*=fixed], #app, [onerror], [onload]').count(), 0, 'what came through');
  const links = await answer.locator('a').evaluateAll((all) => all.map((one) => [new URL(one.href).protocol, one.rel]));
  for (const [protocol, rel] of links) {
    check(/^https?:$/.test(protocol), `a link of ${protocol}`);
    check(rel.includes('noopener') && rel.includes('noreferrer'), `rel is ${rel}`);
  }
  for (const screen of ['keys', 'models', 'configs', 'agents', 'audit', 'status', 'settings', 'keys/default/fake', 'configs/default/evil', 'keys/%3Cimg%20src%3Dx%20onerror%3Dhit%3D1%3E/x', '%3Cscript%3Ehit=1%3C/script%3E?q=%3Cimg%20src%3Dx%20onerror%3Dhit%3D1%3E']) {
    await go(`#/${screen}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  }
  equal(await page.evaluate(() => globalThis.hit), undefined, 'a script of somebody else');
});

scenario('48 a picture or a link in an answer asks nobody', {}, async (at) => {
  const { page, signIn, ask } = at;
  await withModels(at, 'gpt-5-mini');
  await ask('plays', { model: 'gpt-5-mini', pieces: [piece('![secret](https://evil.example.com/p.png?leak=1) and [a link](https://evil.example.com/) <img src="//evil.example.com/x"> <link rel=prefetch href="https://evil.example.com/y"> ![data](data:image/svg+xml;base64,PHN2Zy8+)\n\ndone'), end()] });
  await signIn();
  await say(page, 'A picture');
  const answer = answers(page).last();
  await answer.getByText('done').waitFor();
  equal(await answer.locator('img').count(), 0, 'pictures');
  const link = answer.getByRole('link', { name: /a link/ });
  equal(await link.getAttribute('target'), '_blank', 'where a link opens');
  check(/evil\.example\.com/.test(await answer.innerText()), 'the host of a link is shown');
});
