import { expect, it } from 'vitest';
import { looks } from '../../src/screens/keys/ImportDialog';

it.each([
  ['apiVersion: llmconfig.dev/v1alpha1\nkind: ApiKeyConfig\n', 'yaml'],
  ['# keys\n\nOPENAI_API_KEY=x\n', 'env'],
  ['export MISTRAL_API_KEY = "x"', 'env'],
  ['---\n# OPENAI_API_KEY=x\nkind: X', 'yaml'],
  ['', 'yaml'],
])('%j is %s', (text, kind) => {
  expect(looks(text)).toBe(kind);
});
