import { Icon } from '../parts/Icon';
import { route, to, type ScreenName } from '../routes';
import { shell } from '../text/en';

const ENTRIES: readonly ScreenName[] = ['chat', 'keys', 'models', 'configs', 'agents', 'audit', 'status', 'settings'];
/** What one works with stands apart from what one looks at. */
const APART: readonly ScreenName[] = ['audit', 'settings'];

export function Rail() {
  const now = route.value.screen;
  const entries = __STORIES__ ? [...ENTRIES, 'stories' as const] : ENTRIES;
  return (
    <nav class="rail" aria-label={shell.navigation}>
      <div class="brand">
        <Icon name="configs" size={18} /> {shell.title}
      </div>
      <ul>
        {entries.map((name) => (
          <li key={name} class={APART.includes(name) ? 'apart' : ''}>
            <a href={to(name)} aria-current={now === name ? 'page' : undefined}>
              <Icon name={name} size={18} />
              {shell.screens[name]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
