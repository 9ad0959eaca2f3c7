// @vitest-environment node
import { expect, it } from 'vitest';
import { patchYaml } from '../../src/parts/patch';

it('a patch names the object and what differs, and nothing else', () => {
  expect(
    patchYaml('ApiKeyConfig', 'agents', 'openai-team-a', {
      displayName: 'Team "A": yes',
      endpoint: null,
      suspend: true,
      headers: [{ name: 'X-Team', value: 'no' }, { name: 'X-N', value: '0.5' }],
      models: { allow: ['gpt-5*', 'o3'], additional: [] },
      azure: {},
      gone: undefined,
      intervalSeconds: 3600,
    }),
  ).toBe(`apiVersion: llmconfig.dev/v1alpha1
kind: ApiKeyConfig
metadata:
  name: openai-team-a
  namespace: agents
spec:
  displayName: "Team \\"A\\": yes"
  endpoint: null
  suspend: true
  headers:
    - name: X-Team
      value: "no"
    - name: X-N
      value: "0.5"
  models:
    allow:
      - "gpt-5*"
      - o3
    additional: []
  azure: {}
  intervalSeconds: 3600
`);
});
