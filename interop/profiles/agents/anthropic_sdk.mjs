import Anthropic from '@anthropic-ai/sdk';

const answer = await new Anthropic({maxRetries: 0}).messages.create({
  model: process.env.ANTHROPIC_MODEL, max_tokens: 16, messages: [{role: 'user', content: 'ping'}]});
console.log(answer.content[0].text);
