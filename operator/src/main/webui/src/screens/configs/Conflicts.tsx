import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import type { ConfigEditor } from '../../state/configEditor';
import { asks as words } from '../../text/en/configs';
import { told } from './Outcome';

/** Both versions of each field that two people have changed. Nothing is decided for them. */
export function Conflicts({ editor }: { readonly editor: ConfigEditor }) {
  const conflicts = editor.conflicts.value;
  if (conflicts.length === 0) {
    return editor.carried.value ? <Banner tone="info" alert>{words.carried}</Banner> : null;
  }
  return (
    <Banner tone="warn" alert title={words.conflictTitle}>
      <p>{words.conflictText}</p>
      <ul class="conflicts">
        {conflicts.map((one) => (
          <li key={one.field}>
            <code translate={false}>{one.field}</code>
            <div class="wrap">
              <span class="label">{words.mine}</span> <bdi translate={false}>{told(one.mine)}</bdi>
            </div>
            <div class="wrap">
              <span class="label">{words.theirs}</span> <bdi translate={false}>{told(one.theirs)}</bdi>
            </div>
            <div class="row wrapping">
              <Button small onClick={() => editor.settle(one, true)}>
                {words.keepMine}
                <span class="spoken">: {words.keepMineOf(one.field)}</span>
              </Button>
              <Button small onClick={() => editor.settle(one, false)}>
                {words.takeTheirs}
                <span class="spoken">: {words.takeTheirsOf(one.field)}</span>
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Banner>
  );
}
