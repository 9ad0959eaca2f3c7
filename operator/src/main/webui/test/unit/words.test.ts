// @vitest-environment node
import { describe, expect, it } from 'vitest';
import openapi from '../../../openapi.json?raw';
import * as text from '../../src/text/en';

interface Document {
  readonly components: { readonly schemas: Record<string, { readonly enum?: readonly string[] }> };
}
const schemas = (JSON.parse(openapi) as Document).components.schemas;

/** Which words belong to which words of the API. */
const WORDS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['KeyPhase', text.keyWords.phases],
  ['KeySource', text.keyWords.sources],
  ['TestResultOutcome', text.keyWords.outcomes],
  ['StepName', text.keyWords.steps],
  ['StepResult', text.keyWords.results],
  ['KeeperTool', text.owners.names],
  ['KeeperTool', text.owners.of],
  ['Provider', text.providerNames],
  ['EffectsEffect', text.impact.effects],
  ['ChangeOperation', text.keyDetails.operations],
  ['Holding', text.keyForm.stores],
];

describe.each(WORDS)('every %s', (schema, words) => {
  it.each(schemas[schema]?.enum ?? [])('%s has a text', (word) => {
    expect(words[word]).toMatch(/\S/);
  });
});

/** Every text, with the functions called as they would be. */
function all(part: unknown, path: string): [string, string][] {
  if (typeof part === 'string') {
    return [[path, part]];
  }
  if (typeof part === 'function') {
    return all((part as (...given: unknown[]) => unknown)('one', 'two', 'three'), path);
  }
  return Object.entries((part ?? {}) as object).flatMap(([name, inner]) => all(inner, `${path}.${name}`));
}

describe('texts', () => {
  const { format: _format, ...parts } = text;
  it('are plain: nobody is shouted at, and nothing merely went wrong', () => {
    for (const [path, sentence] of all(parts, 'text')) {
      expect(sentence, path).not.toMatch(/!|something went wrong|oops|please/i);
    }
  });
});
