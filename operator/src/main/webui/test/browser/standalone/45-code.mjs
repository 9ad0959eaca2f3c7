import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, equal, eventually, scenario } from '../harness.mjs';
import { say, withAgents, withModels } from './40-chat.mjs';

const RUN = { curl: ['bash', 'ask.sh'], Python: ['python3', 'ask.py'], JavaScript: ['node', 'ask.mjs'], Java: ['java', 'Ask.java'] };

/** What breaks the quoting of one language or another, the end of a here-document among it. */
const HOSTILE = `It's "quoted" \\ \\n $HOME \${HOME} $(id) \`id\` %s {0} #{1}
JSON
EOF
''' """ </script> \u2028 \u{1F980} مرحبا
	tab, and the end`;

/** Runs a program, as whoever copied it would. @returns what it printed */
function ran([program, file], text, environment) {
  const folder = mkdtempSync(join(tmpdir(), 'code-'));
  writeFileSync(join(folder, file), text);
  return new Promise((resolve, reject) => {
    const child = spawn(program, [file], { cwd: folder, env: { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C.UTF-8', NO_PROXY: '*', ...environment }, timeout: 60_000 });
    let out = '';
    let err = '';
    child.stdout.on('data', (piece) => { out += piece; });
    child.stderr.on('data', (piece) => { err += piece; });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`${program} ended with ${code}: ${err}\n${out}\n--- the code:\n${text}`))));
  }).finally(() => rmSync(folder, { recursive: true }));
}

/** The words of an answer, where a program prints all of it. */
function wordsIn(printed) {
  try {
    const answer = JSON.parse(printed);
    return answer.text ?? answer.choices?.[0].message.content ?? answer.content?.[0].text ?? answer.candidates?.[0].content.parts[0].text ?? printed;
  } catch {
    return printed;
  }
}

const dialog = (page) => page.getByRole('dialog', { name: 'Get code' });
const shownCode = async (page) => (await dialog(page).getByRole('figure').locator('code').first().textContent()) ?? '';

scenario('45 the code that is given runs: in each language, by this server and by the provider, with the answer of the chat', { context: { permissions: ['clipboard-read', 'clipboard-write'] } }, async (at) => {
  const { page, signIn, ask, token, api, axe, picture } = at;
  const key = await withModels(at, 'gpt-5-mini');
  await api('PATCH', '/config/model-configs/default.m0', { parameters: { maxOutputTokens: 777 } });
  await signIn();
  await page.getByRole('textbox', { name: 'System prompt' }).fill("You're a \"parrot\".\n$PATH");
  await say(page, HOSTILE);
  const answer = page.getByRole('article', { name: /^Answer of/ });
  await page.getByRole('note', { name: 'Figures of this answer' }).waitFor();
  await answer.getByText('tab, and the end').waitFor();
  const completions = async () => (await ask('calls')).filter((one) => one.call === 'Completion');
  const own = (await completions()).at(-1).body;
  check(own.messages.at(-1).content === HOSTILE, 'the provider was asked what was typed');

  await page.getByRole('button', { name: 'Get code' }).click();
  await axe('get code');
  await picture('chat-code');
  for (const by of ['the provider', 'this server']) {
    await dialog(page).getByLabel('Asks').selectOption({ label: by });
    for (const [language, program] of Object.entries(RUN)) {
      await dialog(page).getByLabel('As', { exact: true }).selectOption({ label: language });
      await dialog(page).getByLabel('Asks').selectOption({ label: by });
      const variable = by === 'this server' ? 'LLMCONFIG_TOKEN' : 'OPENAI_API_KEY';
      await eventually(`${language} by ${by}`, async () => (await shownCode(page)).includes(variable));
      const code = await shownCode(page);
      check(!code.includes(key) && !code.includes(token), `a key is in the code for ${language}`);
      await dialog(page).getByRole('button', { name: /^Cop/ }).first().click();
      equal(await page.evaluate(() => navigator.clipboard.readText()), code, `what is copied of ${language}`);
      const before = (await completions()).length;
      const printed = await ran(program, code, by === 'this server' ? { LLMCONFIG_TOKEN: token } : { OPENAI_API_KEY: key });
      const asked = (await completions()).slice(before);
      equal(asked.length, 1, `questions of ${language} by ${by}`);
      // The provider is asked the very same, whoever asks.
      equal(asked[0].body.messages, own.messages, `the messages of ${language} by ${by}`);
      equal(asked[0].body.model, own.model, `the model of ${language} by ${by}`);
      equal(asked[0].body.max_completion_tokens ?? asked[0].body.max_tokens, 777, `the limit of ${language} by ${by}`);
      check(wordsIn(printed).trim().endsWith('tab, and the end') && wordsIn(printed).includes('\u{1F980} مرحبا'), `${language} by ${by} printed ${printed}`);
      // A wrong key fails, and is not told as an answer.
      if (language !== 'Java') {
        const failed = await ran(program, code, by === 'this server' ? { LLMCONFIG_TOKEN: 'wrong-0123456789-0123456789' } : { OPENAI_API_KEY: 'sk-proj-fx-OA02-wrong' }).then(() => 'it went well', () => 'failed');
        equal(by === 'this server' ? failed : 'failed', 'failed', `${language} by ${by} with a wrong key`);
      }
    }
  }
});

scenario('46 parameters of the conversation are sent and stored nowhere, until they are saved to the config after its impact was seen', { stage: withAgents({ chat: 'm0' }), expects: [412] }, async (at) => {
  const { page, signIn, ask, api, axe, picture } = at;
  await withModels(at, 'gemini-2.5-flash');
  const path = '/config/model-configs/default.m0';
  equal((await api('PATCH', path, { parameters: { timeoutSeconds: 45, maxOutputTokens: 1000, extra: { seed: 7 } } })).status, 200);
  const { json: config } = await api('GET', path);
  await signIn();
  const panel = page.getByRole('region', { name: 'Parameters' });
  const temperature = panel.getByRole('group', { name: 'Temperature', exact: true });
  await temperature.getByText('not sent').or(temperature.getByRole('slider')).first().waitFor();
  const slider = temperature.getByRole('slider');
  equal(await slider.getAttribute('aria-valuetext'), 'not sent', 'a slider that was not moved');
  await panel.getByText('the config sends 1,000').waitFor();

  const sent = async (text) => {
    await say(page, text);
    await page.getByRole('article', { name: /^Answer of/ }).last().getByText(text).waitFor();
    await page.getByRole('button', { name: /^Send/ }).waitFor();
    return (await ask('calls')).filter((one) => one.call === 'Completion').at(-1).body;
  };
  const bare = await sent('Question one');
  check(!('temperature' in bare), 'a parameter that was not set is not sent');
  equal(bare.seed, 7, 'what the config sends beside');

  await slider.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('PageUp');
  equal(await slider.getAttribute('aria-valuetext'), '0.5', 'ten steps from the start');
  equal((await sent('Question two')).temperature, 0.5, 'the temperature that is sent');
  // The session's alone: the object is untouched, and a new load has forgotten it.
  equal((await api('GET', path)).json.generation, config.generation, 'the generation of the config');
  await page.reload();
  await panel.waitFor();
  equal(await slider.getAttribute('aria-valuetext'), 'not sent', 'after a new load');
  check(!('temperature' in (await sent('Question three'))), 'nothing is sent after a new load');
  const save = panel.getByRole('button', { name: 'Save to config…' });
  equal(await save.getAttribute('aria-disabled'), 'true', 'Save with nothing to save');

  await temperature.getByRole('switch').click();
  await temperature.getByRole('textbox').fill('0.25');
  await page.keyboard.press('Tab');
  await save.click();
  const dialog = page.getByRole('dialog', { name: 'Save parameters to m0' });
  await dialog.getByText('2 parameters that the chat does not show stay as they are.').waitFor();
  await dialog.getByRole('button', { name: 'Save', exact: true }).and(page.locator(':not([aria-disabled=true])')).waitFor();
  await dialog.locator('summary').filter({ hasText: 'Fields (1)' }).click();
  await dialog.getByText('spec.parameters.temperature').waitFor();
  await axe('chat, save to config');
  await picture('chat-save');
  equal((await api('GET', path)).json.generation, config.generation, 'the generation while one looks');

  // Somebody else is faster: nothing of theirs is lost.
  equal((await api('PATCH', path, { parameters: { topP: 0.9 } })).status, 200);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.getByRole('alert').waitFor();
  equal((await api('GET', path)).json.parameters.temperature, undefined, 'the temperature after a refusal');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await dialog.getByRole('button', { name: 'Save', exact: true }).and(page.locator(':not([aria-disabled=true])')).click();
  await dialog.waitFor({ state: 'hidden' });
  const { json: saved } = await api('GET', path);
  equal(saved.parameters, { ...saved.parameters, temperature: 0.25, topP: 0.9, timeoutSeconds: 45, maxOutputTokens: 1000, extra: { seed: 7 } }, 'the parameters of the config');
  await panel.getByText('Not set here: the config sends 0.25.').waitFor();
  await eventually('the config is in force', async () => (await api('GET', path)).json.state === 'Ready');
  equal((await sent('Question four')).temperature, 0.25, 'the temperature from the config');
  await page.goto(`${at.base}#/agents`);
  await page.getByRole('row').filter({ hasText: 'chat' }).getByText('Planned').waitFor();
});
