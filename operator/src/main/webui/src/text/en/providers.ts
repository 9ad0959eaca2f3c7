import type { Provider } from '../../api/schema';

/** As they write themselves, the ones that most people look for first. */
export const providerNames = {
  OpenAI: 'OpenAI',
  Anthropic: 'Anthropic',
  Google: 'Google',
  AzureOpenAI: 'Azure OpenAI',
  Bedrock: 'Amazon Bedrock',
  Mistral: 'Mistral',
  Groq: 'Groq',
  XAI: 'xAI',
  DeepSeek: 'DeepSeek',
  OpenRouter: 'OpenRouter',
  Together: 'Together',
  Fireworks: 'Fireworks',
  Perplexity: 'Perplexity',
  Ollama: 'Ollama',
  VLLM: 'vLLM',
  OpenAICompatible: 'OpenAI-compatible',
  Echo: 'Echo',
} satisfies Record<Provider, string>;
