import {openai} from '@ai-sdk/openai';
import {generateText} from 'ai';

console.log((await generateText({model: openai(process.env.OPENAI_MODEL), prompt: 'ping', maxRetries: 0})).text);
