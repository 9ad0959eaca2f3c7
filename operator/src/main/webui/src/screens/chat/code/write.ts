import type { Call, HeaderValue, Json } from './call';
import * as quote from './quote';

export const LANGUAGES = ['curl', 'python', 'javascript', 'java'] as const;

export type Language = (typeof LANGUAGES)[number];

/** The request in a language, with nothing but what comes with that language. */
export function write(language: Language, call: Call): string {
  switch (language) {
    case 'curl':
      return curl(call);
    case 'python':
      return python(call);
    case 'javascript':
      return javascript(call);
    case 'java':
      return java(call);
  }
}

/** The body goes in by standard input: an argument has a limit, and no line of JSON is the word that ends it. */
function curl(call: Call): string {
  const headers = call.headers.map(([name, value]) =>
    typeof value === 'string'
      ? `  -H ${quote.shell(`${name}: ${value}`)} \\`
      : `  -H "${name}: ${value.before}$${value.variable}" \\`,
  );
  return [
    `curl -sS --fail-with-body ${quote.shell(call.url)} \\`,
    ...headers,
    `  --data-binary @- <<'JSON'`,
    literal(call.body, JSON_WORDS, 0, '  '),
    'JSON',
    '',
  ].join('\n');
}

function python(call: Call): string {
  const value = (one: HeaderValue): string =>
    typeof one === 'string'
      ? quote.python(one)
      : `${one.before === '' ? '' : `${quote.python(one.before)} + `}os.environ[${quote.python(one.variable)}]`;
  return [
    'import json',
    'import os',
    'import urllib.request',
    '',
    `body = ${literal(call.body, PYTHON_WORDS, 0, '    ')}`,
    '',
    'request = urllib.request.Request(',
    `    ${quote.python(call.url)},`,
    '    data=json.dumps(body).encode(),',
    '    headers={',
    ...call.headers.map(([name, one]) => `        ${quote.python(name)}: ${value(one)},`),
    '    },',
    ')',
    'with urllib.request.urlopen(request) as response:',
    '    answer = json.load(response)',
    `print(answer${call.path.map((step) => `[${typeof step === 'number' ? step : quote.python(step)}]`).join('')})`,
    '',
  ].join('\n');
}

function javascript(call: Call): string {
  const value = (one: HeaderValue): string =>
    typeof one === 'string'
      ? quote.javascript(one)
      : `${one.before === '' ? '' : `${quote.javascript(one.before)} + `}process.env.${one.variable}`;
  return [
    '// Node 18 or newer; as a file its name ends in .mjs.',
    `const response = await fetch(${quote.javascript(call.url)}, {`,
    '  method: "POST",',
    '  headers: {',
    ...call.headers.map(([name, one]) => `    ${quote.javascript(name)}: ${value(one)},`),
    '  },',
    `  body: JSON.stringify(${literal(call.body, JSON_WORDS, 1, '  ')}),`,
    '});',
    'if (!response.ok) {',
    '  throw new Error(`${response.status} ${await response.text()}`);',
    '}',
    'const answer = await response.json();',
    `console.log(answer${call.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')});`,
    '',
  ].join('\n');
}

/** A constant of Java holds 65,535 bytes, so a long body is put together of pieces. */
const PIECE = 16_000;

function java(call: Call): string {
  const value = (one: HeaderValue): string =>
    typeof one === 'string'
      ? quote.java(one)
      : `${one.before === '' ? '' : `${quote.java(one.before)} + `}System.getenv(${quote.java(one.variable)})`;
  const lines = literal(call.body, JSON_WORDS, 0, '  ')
    .split('\n')
    .flatMap((line) => pieces(`${line}\n`))
    .map((piece) => `        ${quote.java(piece)}`);
  return [
    'import java.net.URI;',
    'import java.net.http.HttpClient;',
    'import java.net.http.HttpRequest;',
    'import java.net.http.HttpResponse;',
    '',
    'class Ask {',
    '  public static void main(String[] args) throws Exception {',
    '    String body = String.join("",',
    `${lines.join(',\n')});`,
    `    HttpRequest request = HttpRequest.newBuilder(URI.create(${quote.java(call.url)}))`,
    ...call.headers.map(([name, one]) => `        .header(${quote.java(name)}, ${value(one)})`),
    '        .POST(HttpRequest.BodyPublishers.ofString(body))',
    '        .build();',
    '    HttpResponse<String> response =',
    '        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());',
    '    System.out.println(response.body());',
    '  }',
    '}',
    '',
  ].join('\n');
}

/** Never between the halves of a pair. */
function pieces(line: string): string[] {
  const all: string[] = [];
  let from = 0;
  while (from < line.length) {
    let to = Math.min(line.length, from + PIECE);
    if (to < line.length && /[\uD800-\uDBFF]/.test(line[to - 1] ?? '')) {
      to--;
    }
    all.push(line.slice(from, to));
    from = to;
  }
  return all;
}

interface Words {
  readonly text: (text: string) => string;
  readonly yes: string;
  readonly no: string;
  readonly nothing: string;
}

const JSON_WORDS: Words = { text: quote.json, yes: 'true', no: 'false', nothing: 'null' };
const PYTHON_WORDS: Words = { text: quote.python, yes: 'True', no: 'False', nothing: 'None' };

function literal(value: Json, words: Words, depth: number, step: string): string {
  const inner = step.repeat(depth + 1);
  const outer = step.repeat(depth);
  if (value === null) {
    return words.nothing;
  }
  if (typeof value === 'boolean') {
    return value ? words.yes : words.no;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? String(value) : words.nothing;
  }
  if (typeof value === 'string') {
    return words.text(value);
  }
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((one) => inner + literal(one, words, depth + 1, step));
    return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n${outer}]`;
  }
  const fields = Object.entries(value as { readonly [name: string]: Json }).map(
    ([name, one]) => `${inner}${words.text(name)}: ${literal(one, words, depth + 1, step)}`,
  );
  return fields.length === 0 ? '{}' : `{\n${fields.join(',\n')}\n${outer}}`;
}

/** What a profile gives an agent, for a shell to read. A secret is left to whoever has it. */
export function environment(
  entries: readonly { readonly name: string; readonly value?: string; readonly secret?: boolean }[],
  secret: string,
): string {
  return entries
    .filter((one) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(one.name))
    .map((one) =>
      one.secret === true ? `# export ${one.name}=…   ${secret}` : `export ${one.name}=${quote.shell(one.value ?? '')}`,
    )
    .concat('')
    .join('\n');
}
