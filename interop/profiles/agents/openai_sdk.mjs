import OpenAI from 'openai';

const answer = await new OpenAI({maxRetries: 0}).chat.completions.create({
  model: process.env.OPENAI_MODEL, messages: [{role: 'user', content: 'ping'}]});
console.log(answer.choices[0].message.content);
