import {Agent, run} from '@openai/agents';

console.log((await run(new Agent({name: 'a', instructions: 'Answer.'}), 'ping')).finalOutput);
