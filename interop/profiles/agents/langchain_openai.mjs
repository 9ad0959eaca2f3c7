import {ChatOpenAI} from '@langchain/openai';

console.log((await new ChatOpenAI({model: process.env.OPENAI_MODEL, maxRetries: 0}).invoke('ping')).content);
