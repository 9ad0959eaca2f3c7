import type { Provider } from '../../api/schema';

/** Where each provider shows and makes keys. */
export const KEY_PAGES: Partial<Record<Provider, string>> = {
  OpenAI: 'https://platform.openai.com/api-keys',
  Anthropic: 'https://console.anthropic.com/settings/keys',
  Google: 'https://aistudio.google.com/app/apikey',
  AzureOpenAI: 'https://ai.azure.com/',
  Bedrock: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
  Mistral: 'https://console.mistral.ai/api-keys',
  Groq: 'https://console.groq.com/keys',
  XAI: 'https://console.x.ai/',
  DeepSeek: 'https://platform.deepseek.com/api_keys',
  OpenRouter: 'https://openrouter.ai/settings/keys',
  Together: 'https://api.together.ai/settings/api-keys',
  Fireworks: 'https://app.fireworks.ai/settings/users/api-keys',
  Perplexity: 'https://www.perplexity.ai/account/api/keys',
};
