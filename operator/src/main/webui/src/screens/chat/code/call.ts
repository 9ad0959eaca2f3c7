import type { ChatQuestionMessage, FactsProvider } from '../../../api/schema';

/** A value that is written down, or one that is read from the environment when the code runs. */
export type HeaderValue = string | { readonly before: string; readonly variable: string };

/** A request, whatever language it is to be written in. */
export interface Call {
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: HeaderValue])[];
  readonly body: Json;
  /** Where the text is in the answer. */
  readonly path: readonly (string | number)[];
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export interface Wanted {
  readonly model: string;
  readonly messages: readonly ChatQuestionMessage[];
  /** As the chat names them. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

const JSON_TYPE = ['content-type', 'application/json'] as const;

/** What stands between the address of a server and the paths that everybody has. */
const API_PATH: Readonly<Record<string, string>> = { AzureOpenAI: '/openai/v1', Ollama: '/v1', VLLM: '/v1' };

/** They call the limit of an answer by its newer name. */
const COMPLETION_TOKENS = new Set(['OpenAI', 'AzureOpenAI', 'Bedrock', 'Groq']);

/** By way of this server, which holds the key: it needs a token of the person who runs the code. */
export function callHere(base: string, id: string, wanted: Wanted): Call {
  return {
    url: new URL('api/chat', base).href,
    headers: [JSON_TYPE, ['authorization', { before: 'Bearer ', variable: 'LLMCONFIG_TOKEN' }]],
    body: {
      model: id,
      messages: wanted.messages.map(({ role, content }) => ({ role, content })),
      parameters: wanted.parameters as Json,
      stream: false,
    },
    path: ['text'],
  };
}

/** Straight to the provider; undefined where there is none to be reached, as for Echo. */
export function callThere(provider: FactsProvider, endpoint: string | undefined, wanted: Wanted): Call | undefined {
  const address = (endpoint ?? provider.endpoint)?.replace(/\/+$/, '');
  if (address === undefined || !/^https?:\/\//.test(address)) {
    return undefined;
  }
  switch (provider.dialect) {
    case 'OpenAI':
      return openAi(provider, address, wanted);
    case 'Anthropic':
      return anthropic(provider, address, wanted);
    case 'Gemini':
      return gemini(provider, address, wanted);
    default:
      return undefined;
  }
}

function openAi(provider: FactsProvider, address: string, wanted: Wanted): Call {
  const path = API_PATH[provider.name] ?? '';
  const base = address.endsWith(path) ? address : address + path;
  const limit = COMPLETION_TOKENS.has(provider.name) ? 'max_completion_tokens' : 'max_tokens';
  const key = keyOf(provider);
  const header: [string, HeaderValue][] =
    key === undefined
      ? []
      : provider.name === 'AzureOpenAI'
        ? [['api-key', { before: '', variable: key }]]
        : [['authorization', { before: 'Bearer ', variable: key }]];
  const effort = wanted.parameters['reasoningEffort'];
  return {
    url: `${base}/chat/completions`,
    headers: [JSON_TYPE, ...header],
    body: {
      model: wanted.model,
      messages: wanted.messages.map(({ role, content }) => ({ role, content })),
      ...named(wanted, { temperature: 'temperature', topP: 'top_p', maxOutputTokens: limit, stopSequences: 'stop' }),
      ...(typeof effort === 'string' && { reasoning_effort: effort.toLowerCase() }),
    },
    path: ['choices', 0, 'message', 'content'],
  };
}

function anthropic(provider: FactsProvider, address: string, wanted: Wanted): Call {
  const system = systemOf(wanted);
  return {
    url: `${address.replace(/\/v1$/, '')}/v1/messages`,
    headers: [
      JSON_TYPE,
      ['anthropic-version', '2023-06-01'],
      ['x-api-key', { before: '', variable: keyOf(provider) ?? 'ANTHROPIC_API_KEY' }],
    ],
    body: {
      model: wanted.model,
      // It refuses a request without a limit.
      max_tokens: 1024,
      ...(system !== '' && { system }),
      messages: turns(wanted).map(({ role, content }) => ({ role, content })),
      ...named(wanted, {
        temperature: 'temperature',
        topP: 'top_p',
        maxOutputTokens: 'max_tokens',
        stopSequences: 'stop_sequences',
      }),
    },
    path: ['content', 0, 'text'],
  };
}

function gemini(provider: FactsProvider, address: string, wanted: Wanted): Call {
  const system = systemOf(wanted);
  const model = encodeURIComponent(wanted.model.replace(/^models\//, ''));
  const settings = named(wanted, {
    temperature: 'temperature',
    topP: 'topP',
    maxOutputTokens: 'maxOutputTokens',
    stopSequences: 'stopSequences',
  });
  return {
    url: `${address.replace(/\/v1beta$/, '')}/v1beta/models/${model}:generateContent`,
    headers: [JSON_TYPE, ['x-goog-api-key', { before: '', variable: keyOf(provider) ?? 'GOOGLE_API_KEY' }]],
    body: {
      ...(system !== '' && { systemInstruction: { parts: [{ text: system }] } }),
      contents: turns(wanted).map(({ role, content }) => ({
        role: role === 'assistant' ? 'model' : 'user',
        parts: [{ text: content }],
      })),
      ...(Object.keys(settings).length > 0 && { generationConfig: settings }),
    },
    path: ['candidates', 0, 'content', 'parts', 0, 'text'],
  };
}

function keyOf(provider: FactsProvider): string | undefined {
  return provider.keyless ? undefined : provider.keyVariables[0];
}

function systemOf(wanted: Wanted): string {
  return wanted.messages
    .filter((one) => one.role === 'system')
    .map((one) => one.content)
    .join('\n\n');
}

function turns(wanted: Wanted): readonly ChatQuestionMessage[] {
  return wanted.messages.filter((one) => one.role !== 'system');
}

function named(wanted: Wanted, names: Record<string, string>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([ours, theirs]) => {
      const value = wanted.parameters[ours];
      return value === undefined ? [] : [[theirs, value as Json]];
    }),
  );
}
