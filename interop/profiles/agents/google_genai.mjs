import {GoogleGenAI} from '@google/genai';

const answer = await new GoogleGenAI({}).models.generateContent({model: process.env.GEMINI_MODEL, contents: 'ping'});
console.log(answer.text);
