import { Bar } from './shell/Bar';
import { Overlay } from './shell/Overlay';
import { Rail } from './shell/Rail';
import { Toasts } from './parts/Toast';
import { LOADERS } from './screens';
import { Lazy } from './screens/lazy';
import { Login, LoginAgain } from './screens/login';
import { Unreachable } from './shell/Unreachable';
import { route } from './routes';
import { session } from './state/session';
import { StaleStrip } from './shell/StaleStrip';
import { shell } from './text/en';

export function App() {
  const now = session.value;
  switch (now.kind) {
    case 'unknown':
      // A frame of the page's own colours: this lasts one request, and a flash of anything would be the noise.
      return null;
    case 'unreachable':
      return <Unreachable problem={now.problem} />;
    case 'out':
      return now.was ? (
        <>
          <Frame />
          <LoginAgain why={now.why} ways={now.ways} />
        </>
      ) : (
        <Login why={now.why} ways={now.ways} />
      );
    case 'in':
      return (
        <>
          <Frame />
          {null}
        </>
      );
  }
}

function Frame() {
  const { screen } = route.value;
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          // The hash is the route; the link must not change it.
          event.preventDefault();
          document.querySelector<HTMLElement>('main h1')?.focus();
        }}
      >
        {shell.skip}
      </a>
      <div class="shell">
        <Rail />
        <Bar />
        <main class="main" id="main">
          <StaleStrip />
          <Lazy key={screen} name={screen} load={LOADERS[screen]} />
        </main>
      </div>
      <Overlay />
      <Toasts />
    </>
  );
}
