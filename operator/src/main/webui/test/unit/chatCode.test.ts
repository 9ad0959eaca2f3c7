import { describe, expect, it } from 'vitest';
import type { FactsProvider } from '../../src/api/schema';
import { callHere, callThere, type Call, type Json } from '../../src/screens/chat/code/call';
import * as quote from '../../src/screens/chat/code/quote';
import { environment, write } from '../../src/screens/chat/code/write';

const HOSTILE = [
  '',
  '\'"`\\',
  "'; rm -rf / #",
  '$(touch /tmp/x) `id` ${HOME} $HOME !!',
  'JSON\nEOF\nJSON\n',
  '""" + __import__("os").system("id") + """',
  '\\u000a \\" \\\\u0041 \\x41 \\101 \\N{BULLET}',
  '</script><!-- ${alert(1)} `${1}`',
  'line\u2028separator\u2029and\u0085next',
  '\u202Ereversed\u2066 isolates\u200B',
  '\u0000\u0001\u001b[31m\u007f1\u00079',
  'half \uD800 and \uDC00 pairs 🙂',
  '漢字 ñ עברית',
  '%s %d %% {0} #{x} {{x}}',
  'x'.repeat(70_000) + '🙂'.repeat(20_000),
];

const WELL = HOSTILE.map(wellFormed);

const OPENAI: FactsProvider = {
  name: 'OpenAI',
  dialect: 'OpenAI',
  endpoint: 'https://api.openai.com/v1',
  keyless: false,
  keyPrefixes: [],
  keyVariables: ['OPENAI_API_KEY'],
  listsModels: true,
};

function asking(content: string, parameters: Record<string, unknown> = {}) {
  return { model: 'gpt-5-mini', messages: [{ role: 'user' as const, content }], parameters };
}

describe('quoting', () => {
  it.each(WELL.map((text, at) => [at, text]))('case %i reads back in each language', (at, text) => {
    const given = HOSTILE[at as number] ?? '';
    expect(JSON.parse(quote.json(given))).toBe(text);
    expect(new Function(`return ${quote.javascript(given)}`)()).toBe(text);
    expect(readJava(quote.java(given))).toBe(text);
    expect(readPython(quote.python(given))).toBe(text);
  });

  it.each(WELL.map((text, at) => [at, text]))('case %i is one word of a shell', (at, text) => {
    const given = HOSTILE[at as number] ?? '';
    expect(readShell(quote.shell(given))).toBe((text as string).replaceAll('\0', ''));
  });

  it('leaves nothing in a source file that cannot be seen', () => {
    for (const given of HOSTILE) {
      for (const language of [quote.json, quote.java, quote.shell]) {
        expect(language(given)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
      }
    }
  });
});

describe('code to call a model', () => {
  it.each(HOSTILE.map((text, at) => [at, text]))('carries case %i to the body unharmed', (_, text) => {
    const call = callThere(OPENAI, undefined, asking(text as string)) as Call;
    const body = well(call.body);
    expect(curlBody(write('curl', call))).toEqual(body);
    expect(javascriptBody(write('javascript', call))).toEqual(body);
    expect(javaBody(write('java', call))).toEqual(body);
  });

  it('names the variable of the key, and no key', () => {
    const call = callThere(OPENAI, undefined, asking('hi')) as Call;
    expect(write('curl', call)).toContain('-H "authorization: Bearer $OPENAI_API_KEY"');
    expect(write('python', call)).toContain('"authorization": "Bearer " + os.environ["OPENAI_API_KEY"]');
    expect(write('javascript', call)).toContain('"authorization": "Bearer " + process.env.OPENAI_API_KEY');
    expect(write('java', call)).toContain('.header("authorization", "Bearer " + System.getenv("OPENAI_API_KEY"))');
  });

  it('quotes an address that somebody chose', () => {
    const call = callThere(OPENAI, "https://x.example/'$(id)'/v1", asking('hi')) as Call;
    expect(write('curl', call)).toContain(`'https://x.example/'\\''$(id)'\\''/v1/chat/completions'`);
  });

  it('speaks each dialect', () => {
    const wanted = {
      model: 'm/1',
      messages: [
        { role: 'system' as const, content: 's' },
        { role: 'user' as const, content: 'u' },
        { role: 'assistant' as const, content: 'a' },
        { role: 'user' as const, content: 'v' },
      ],
      parameters: { temperature: 0.2, topP: 0.9, maxOutputTokens: 9, stopSequences: ['x'], reasoningEffort: 'XHigh' },
    };
    expect(callThere(OPENAI, undefined, wanted)?.body).toEqual({
      model: 'm/1',
      messages: wanted.messages,
      temperature: 0.2,
      top_p: 0.9,
      max_completion_tokens: 9,
      stop: ['x'],
      reasoning_effort: 'xhigh',
    });
    const anthropic = { ...OPENAI, name: 'Anthropic', dialect: 'Anthropic', endpoint: 'https://api.anthropic.com' };
    expect(callThere(anthropic, undefined, wanted)).toMatchObject({
      url: 'https://api.anthropic.com/v1/messages',
      body: { max_tokens: 9, system: 's', stop_sequences: ['x'], messages: [{ content: 'u' }, {}, { content: 'v' }] },
    });
    const google = { ...OPENAI, name: 'Google', dialect: 'Gemini', endpoint: 'https://g.example' };
    expect(callThere(google, undefined, wanted)).toMatchObject({
      url: 'https://g.example/v1beta/models/m%2F1:generateContent',
      body: { contents: [{ role: 'user' }, { role: 'model' }, {}], generationConfig: { maxOutputTokens: 9 } },
    });
  });

  it('finds the path of those who are given without one', () => {
    const ollama = { ...OPENAI, name: 'Ollama', keyless: true };
    expect(callThere(ollama, 'http://ollama:11434/', asking('hi'))).toMatchObject({
      url: 'http://ollama:11434/v1/chat/completions',
      headers: [['content-type', 'application/json']],
      body: { model: 'gpt-5-mini' },
    });
    expect(callThere(ollama, 'http://ollama:11434/v1', asking('hi'))?.url).toBe('http://ollama:11434/v1/chat/completions');
    const azure = { ...OPENAI, name: 'AzureOpenAI', keyVariables: ['AZURE_OPENAI_API_KEY'] };
    const call = callThere(azure, 'https://x.openai.azure.com', asking('hi')) as Call;
    expect(call.url).toBe('https://x.openai.azure.com/openai/v1/chat/completions');
    expect(write('curl', call)).toContain('-H "api-key: $AZURE_OPENAI_API_KEY"');
  });

  it('goes by way of this server where nobody else can be asked', () => {
    expect(callThere({ ...OPENAI, dialect: 'Echo' }, undefined, asking('hi'))).toBeUndefined();
    const here = callHere('http://localhost:8080/llm/', 'default.echo:echo', asking('hi', { topP: 0.5 }));
    expect(here).toMatchObject({
      url: 'http://localhost:8080/llm/api/chat',
      body: { model: 'default.echo:echo', parameters: { topP: 0.5 }, stream: false },
      path: ['text'],
    });
  });

  it('writes the environment of a profile, without secrets and without names that are none', () => {
    const text = environment(
      [
        { name: 'OPENAI_MODEL', value: "it's" },
        { name: 'OPENAI_API_KEY', secret: true },
        { name: 'X; rm -rf /', value: '1' },
      ],
      'of the Secret',
    );
    expect(text).toBe("export OPENAI_MODEL='it'\\''s'\n# export OPENAI_API_KEY=…   of the Secret\n");
  });
});

/** Half a pair has no bytes. */
function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text)).replace(/^/, text.startsWith('\ufeff') ? '\ufeff' : '');
}

function well(value: Json): unknown {
  return JSON.parse(JSON.stringify(value), (_, one: unknown) => (typeof one === 'string' ? wellFormed(one) : one));
}

function curlBody(code: string): unknown {
  const lines = code.split('\n');
  const from = lines.findIndex((line) => line.endsWith("<<'JSON'"));
  const to = lines.indexOf('JSON', from + 1);
  // What follows the word that ends the body is nothing.
  expect(lines.slice(to + 1)).toEqual(['']);
  return JSON.parse(lines.slice(from + 1, to).join('\n'));
}

function javascriptBody(code: string): unknown {
  const sent: unknown[] = [];
  const fetch = (_: string, init: { body: string }) => {
    sent.push(JSON.parse(init.body));
    return { ok: true, json: () => ({ choices: [{ message: { content: '' } }] }) };
  };
  new Function('fetch', 'process', 'console', `(async () => {${code}})()`)(fetch, { env: {} }, { log: () => undefined });
  return sent[0];
}

function javaBody(code: string): unknown {
  const list = /String\.join\("",\n([\s\S]*?)\);\n    HttpRequest/.exec(code)?.[1] ?? '';
  const pieces = list.split(',\n').map((one) => one.trim());
  pieces.forEach((piece) => expect(new TextEncoder().encode(piece).length).toBeLessThan(65_535));
  return JSON.parse(pieces.map(readJava).join(''));
}

/** As javac reads it: first the escapes with a u, wherever they are, then the string. */
function readJava(literal: string): string {
  const early = literal.replace(/(\\+)(u+)([0-9a-f]{4})/g, (all, slashes: string, us: string, hex: string) =>
    slashes.length % 2 === 0 ? all : slashes.slice(1) + String.fromCharCode(parseInt(hex, 16)) + us.slice(us.length),
  );
  expect(early).not.toMatch(/[\r\n]/);
  expect(early).toMatch(/^"(?:[^"\\]|\\(?:[nrt"\\]|[0-7]{3}))*"$/s);
  const short: Record<string, string> = { n: '\n', r: '\r', t: '\t' };
  return early
    .slice(1, -1)
    .replace(/\\([0-7]{3}|.)/gs, (_, one: string) =>
      one.length === 3 ? String.fromCharCode(parseInt(one, 8)) : (short[one] ?? one),
    );
}

function readPython(literal: string): string {
  expect(literal).toMatch(/^"(?:[^"\\\r\n]|\\(?:[nrt"\\]|u[0-9a-f]{4}))*"$/s);
  const short: Record<string, string> = { n: '\n', r: '\r', t: '\t' };
  return literal
    .slice(1, -1)
    .replace(/\\(u[0-9a-f]{4}|.)/gs, (_, one: string) =>
      one.length === 5 ? String.fromCharCode(parseInt(one.slice(1), 16)) : (short[one] ?? one),
    );
}

function readShell(word: string): string {
  if (word.startsWith("$'")) {
    expect(word).toMatch(/^\$'(?:[^'\\]|\\(?:['\\nrt]|x[0-9a-f]{2}|u[0-9a-f]{4}))*'$/s);
    const short: Record<string, string> = { n: '\n', r: '\r', t: '\t' };
    return word
      .slice(2, -1)
      .replace(/\\(x[0-9a-f]{2}|u[0-9a-f]{4}|.)/gs, (_, one: string) =>
        one.length > 1 ? String.fromCharCode(parseInt(one.slice(1), 16)) : (short[one] ?? one),
      );
  }
  expect(word).toMatch(/^'(?:[^']|'\\'')*'$/s);
  return word.slice(1, -1).replaceAll("'\\''", "'");
}
