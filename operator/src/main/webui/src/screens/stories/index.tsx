import { Screen } from '../../parts/Screen';
import { shell } from '../../text/en';
import { STORIES } from './stories';
import './stories.css';

/** Every part in every state, for the eye, the screenshots and axe; not in the page that is delivered. */
export default function Stories() {
  return (
    <Screen title={shell.screens.stories} count={STORIES.length}>
      {STORIES.map(([name, Story]) => (
        <section key={name} class="surface story" id={`story-${name.toLowerCase()}`} aria-label={name}>
          <h2>{name}</h2>
          <div class="stack">
            <Story />
          </div>
        </section>
      ))}
    </Screen>
  );
}
