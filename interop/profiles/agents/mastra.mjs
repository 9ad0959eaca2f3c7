import {Agent} from '@mastra/core/agent';

const agent = new Agent({id: 'a', name: 'a', instructions: 'Answer.', model: process.env.LLM_MODEL, maxRetries: 0});
console.log((await agent.generate('ping')).text);
