import { check, equal, eventually, loaded, scenario } from '../harness.mjs';
import { SCREENS } from './20-places.mjs';
import { say, withAgents, withModels } from './40-chat.mjs';

const KEYS = ['team-a', 'on-call', 'research', 'batch', 'staging', 'team-b', 'support', 'search', 'evaluation', 'sandbox', 'partners'];

/** A store as somebody has it who works with it: keys in several states, models, configs, agents. */
async function furnished(at) {
  const { api, provider, canary } = at;
  await withModels(at, 'gpt-5-mini', 'claude-sonnet-4-5');
  for (const [number, name] of KEYS.entries()) {
    const given = number % 3 === 0 ? { provider: 'Echo' } : { provider: number % 3 === 1 ? 'OpenAI' : 'Mistral', key: canary(name === 'on-call' ? 'sk-proj-fx-OA02-' : 'sk-proj-'), endpoint: `${provider}/v1`, allowInsecureEndpoint: true };
    const made = await api('POST', '/config/api-keys', { name, displayName: name.replace(/^./, (one) => one.toUpperCase()).replace('-', ' '), ...given });
    equal(made.status, 201, made.text);
  }
  await api('PATCH', '/config/api-keys/default.sandbox', { suspend: true });
  await eventually('every key has its verdict', async () => (await api('GET', '/config/api-keys?limit=500')).json.items.every((one) => one.state !== 'Pending'));
}

scenario('pictures of every screen, light and dark, at three widths', { stage: withAgents({ chat: 'm0', triage: 'm1', lost: 'nobody' }) }, async (at) => {
  const { page, signIn, go, picture, axe, ask, base } = at;
  await furnished(at);
  const wide = [];
  const everyWay = async (name) => {
    for (const colorScheme of ['light', 'dark']) {
      for (const width of [1440, 768, 320]) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        const [is, room] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
        if (is > room) {
          wide.push(`${name} at ${width} px is ${is} px wide`);
        }
        await picture(`${name}-${colorScheme}-${width}`);
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
  };
  await page.goto(base);
  await page.getByLabel('Token', { exact: true }).waitFor();
  await everyWay('login');
  await signIn();
  await ask('plays', { model: 'gpt-5-mini', pieces: [`data: ${JSON.stringify({ choices: [{ delta: { content: 'An operator watches objects of a cluster and **makes the world match them**.\n\n```yaml\nkind: ModelConfig\nspec: {model: gpt-5-mini}\n```\n\nIt repeats this until nothing is left to do.' } }] })}\n\n`, 'data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":18,"completion_tokens":42}}\n\n', 'data: [DONE]\n\n'] });
  await say(page, 'Explain in two sentences what a Kubernetes operator does.');
  await page.getByText('until nothing is left to do').waitFor();
  for (const [screen, title] of Object.entries(SCREENS)) {
    await go(`#/${screen}`);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await loaded(page);
    await axe(`${screen}, furnished`);
    await everyWay(screen);
  }
  equal(wide, [], 'screens that scroll sideways');
  check(true);
});
