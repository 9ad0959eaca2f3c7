import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it } from 'vitest';
import { NamespacePicker } from '../../src/shell/NamespacePicker';
import { everywhere, namespaces } from '../../src/state/namespaces';
import { namespace } from '../../src/state/ui';

const root = document.createElement('div');

afterEach(() => {
  act(() => render(null, root));
  namespace.value = '';
});

const offered = (wide: boolean, names: readonly string[], chosen = ''): readonly (string | null)[] => {
  everywhere.value = wide;
  namespaces.value = names.map((name) => ({ name, keys: 1, configs: 0, agents: 0, watched: true }));
  namespace.value = chosen;
  act(() => render(<NamespacePicker />, root));
  return [...root.querySelectorAll('option')].map((one) => one.textContent);
};

it('offers all of them to who may list in the whole cluster', () => {
  expect(offered(true, ['agents'])).toEqual(['All namespaces', 'agents', 'Other namespace…']);
  expect(offered(true, [], 'agents')).toEqual(['All namespaces', 'agents', 'Other namespace…']);
});

it('promises nobody more than they may list', () => {
  expect(offered(false, ['agents'], 'agents')).toEqual(['agents', 'Other namespace…']);
  expect(offered(false, ['agents', 'tools'], 'agents')).toEqual(['Your 2 namespaces', 'agents', 'tools', 'Other namespace…']);
  expect(offered(false, ['agents'])).toEqual(['Your namespace', 'agents', 'Other namespace…']);
  expect(offered(false, [])).toEqual(['No namespace yet', 'Other namespace…']);
});
