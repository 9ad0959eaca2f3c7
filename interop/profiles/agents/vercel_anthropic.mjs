import {anthropic} from '@ai-sdk/anthropic';
import {generateText} from 'ai';

console.log((await generateText({model: anthropic(process.env.ANTHROPIC_MODEL), prompt: 'ping', maxRetries: 0})).text);
