import Groq from 'groq-sdk';

const answer = await new Groq({maxRetries: 0}).chat.completions.create({
  model: process.env.GROQ_MODEL, messages: [{role: 'user', content: 'ping'}]});
console.log(answer.choices[0].message.content);
