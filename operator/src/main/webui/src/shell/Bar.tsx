import { useComputed } from '@preact/signals';
import { Icon } from '../parts/Icon';
import { Menu } from '../parts/Menu';
import { toObject } from '../routes';
import { logOut, session, standalone } from '../state/session';
import { configs } from '../state/stores';
import { namespace, theme, density, type Theme } from '../state/ui';
import { format, shell } from '../text/en';
import { FreshnessDot } from './FreshnessDot';
import { NamespacePicker } from './NamespacePicker';
import { IconButton } from '../parts/Button';
import { overlay } from '../state/overlay';

export function Bar() {
  return (
    <header class="bar">
      {!standalone.value && <NamespacePicker />}
      <button type="button" class="chip searching" onClick={() => (overlay.value = 'palette')}>
        <Icon name="search" />
        <span>{shell.search}</span>
        <kbd class="wide">{shell.searchKeys}</kbd>
      </button>
      <div class="end">
        <DefaultModel />
        <FreshnessDot />
        <User />
        <IconButton icon="help" label={shell.help} onClick={() => (overlay.value = 'help')} />
      </div>
    </header>
  );
}

function DefaultModel() {
  const chosen = useComputed(() =>
    configs.items.value.find((one) => one.isDefault && (namespace.value === '' || one.namespace === namespace.value)),
  ).value;
  // Of many namespaces none is the default.
  if (namespace.value === '' && !standalone.value) {
    return null;
  }
  const text = chosen === undefined ? shell.noDefault : chosen.model;
  return (
    <a
      class="chip wide"
      href={chosen === undefined ? '#/models' : toObject('configs', chosen.id)}
      title={chosen === undefined ? shell.noDefault : shell.defaultModel(chosen.model)}
    >
      <Icon name="star" />
      <span class="clip">{text}</span>
    </a>
  );
}

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

function User() {
  const now = session.value;
  if (now.kind !== 'in') {
    return null;
  }
  return (
    <Menu
      label={shell.user(now.user)}
      icon="user"
      about={
        <>
          <strong class="wrap">{now.user}</strong>
          {now.said.expiresAt !== undefined && (
            <div class="label">{shell.sessionUntil(format.time(now.said.expiresAt))}</div>
          )}
        </>
      }
      items={[
        ...THEMES.map((one) => ({
          label: shell.themes[one],
          checked: theme.value === one,
          run: () => (theme.value = one),
        })),
        'line',
        ...(['comfortable', 'compact'] as const).map((one) => ({
          label: shell.densities[one],
          checked: density.value === one,
          run: () => (density.value = one),
        })),
        'line',
        { label: shell.signOut, icon: 'arrow', run: () => void logOut() },
      ]}
    >
      <span class="clip wide">{now.user}</span>
    </Menu>
  );
}
