import type { ChatQuestionMessage } from '../api/schema';
import type { Answer } from './chatAnswer';

/** What was asked once, and what each pane answered. */
export interface Exchange {
  readonly question: string;
  readonly answers: ReadonlyMap<number, Answer>;
}

/**
 * What a model is told of what went before. A question that got no answer is left out: two questions in a row are
 * refused by some providers, and nobody wants the second answered as if it were the first.
 */
export function messages(
  before: readonly Exchange[],
  pane: number,
  question: string,
  system: string,
): ChatQuestionMessage[] {
  const told: ChatQuestionMessage[] = [];
  if (system.trim() !== '') {
    told.push({ role: 'system', content: system });
  }
  for (const one of before) {
    const answer = answerFor(one, pane);
    if (answer !== undefined && answer.text.trim() !== '') {
      told.push({ role: 'user', content: one.question }, { role: 'assistant', content: answer.text });
    }
  }
  told.push({ role: 'user', content: question });
  return told;
}

/** A pane that was opened later goes on with what the first one heard. */
function answerFor(one: Exchange, pane: number): Answer | undefined {
  return one.answers.get(pane) ?? one.answers.values().next().value;
}

/** How to have the rest of an answer that broke off. */
export function continuation(asked: readonly ChatQuestionMessage[], text: string, wish: string): ChatQuestionMessage[] {
  return [...asked, { role: 'assistant', content: text }, { role: 'user', content: wish }];
}
