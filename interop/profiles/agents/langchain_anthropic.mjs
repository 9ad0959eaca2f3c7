import {ChatAnthropic} from '@langchain/anthropic';

console.log((await new ChatAnthropic({model: process.env.ANTHROPIC_MODEL, maxRetries: 0}).invoke('ping')).content);
