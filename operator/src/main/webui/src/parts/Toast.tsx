import { dismiss, toasts } from '../state/ui';
import { states } from '../text/en';
import { TONE_ICONS } from './Banner';
import { Button, IconButton } from './Button';
import { Icon } from './Icon';

/** What was done, told once and politely; nothing that must be read is told here alone. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((toast) => (
        <div key={toast.id} class={`toast ${toast.tone}`}>
          <Icon name={TONE_ICONS[toast.tone]} />
          <span class="grow wrap">{toast.text}</span>
          {toast.action !== undefined && (
            <Button
              small
              onClick={() => {
                dismiss(toast.id);
                toast.action?.run();
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton icon="cross" label={states.close} onClick={() => dismiss(toast.id)} />
        </div>
      ))}
    </div>
  );
}
