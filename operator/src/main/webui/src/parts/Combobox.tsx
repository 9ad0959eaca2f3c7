import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { combobox } from '../text/en';
import { IconButton } from './Button';
import { Labelled, type LabelledProps } from './Field';
import { place } from './Menu';

export interface ComboOption {
  readonly value: string;
  readonly label: string;
  /** Under a heading with others of the same; options of one group stand together. */
  readonly group?: string;
  /** Beside the label: limits, price, badges. */
  readonly about?: ComponentChildren;
  /** Found by these words, too. */
  readonly words?: string;
}

export interface ComboboxProps extends LabelledProps {
  readonly value: string | undefined;
  readonly options: readonly ComboOption[];
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  /** What was typed may be taken as it is, though no option says so. */
  readonly free?: boolean;
  /** Shown instead of the list when there is nothing to choose from, with the reason. */
  readonly none?: ComponentChildren;
  readonly off?: boolean;
}

/** More than these are not drawn: who looks for one of two thousand types. */
const MOST_SHOWN = 100;

/** The APG combobox with a list: typing filters, arrows choose, Enter takes, Escape leaves everything as it was. */
export function Combobox(props: ComboboxProps) {
  const { value, options, onChange, placeholder, free, none, off } = props;
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const found = useMemo(() => matching(options, typed ?? ''), [options, typed]);
  const shown = found.slice(0, MOST_SHOWN);
  const chosen = options.find((one) => one.value === value);
  const text = typed ?? chosen?.label ?? (free ? (value ?? '') : '');

  useEffect(() => {
    const popup = list.current;
    if (popup === null || input.current === null) {
      return;
    }
    if (open) {
      popup.style.width = `${Math.max(260, input.current.offsetWidth)}px`;
      popup.showPopover?.();
      place(popup, input.current);
    } else if (popup.matches(':popover-open')) {
      popup.hidePopover();
    }
  }, [open, shown.length]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView?.({ block: 'nearest' });
  }, [active, open]);

  const show = () => {
    if (!open && !off) {
      const at = shown.findIndex((one) => one.value === value);
      setActive(Math.max(0, at));
      setOpen(true);
    }
  };
  const leave = () => {
    setOpen(false);
    setTyped(undefined);
  };
  const choose = (option: ComboOption | undefined) => {
    if (option !== undefined) {
      onChange(option.value);
    } else if (free && typed !== undefined && typed.trim() !== '') {
      onChange(typed.trim());
    }
    leave();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (open) {
        const to = active + step;
        setActive(Math.abs(step) === 1 ? (to + shown.length) % Math.max(1, shown.length) : Math.max(0, Math.min(shown.length - 1, to)));
      } else {
        show();
      }
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      choose(free && typed !== undefined && !shown.some((one) => one.label === typed) && active === 0 && found.length === 0 ? undefined : shown[active]);
    } else if (event.key === 'Escape' && open) {
      // Only the list closes, not the dialog it is in.
      event.preventDefault();
      event.stopPropagation();
      leave();
    }
  };

  return (
    <Labelled {...props}>
      {({ id, describedBy, invalid }) => (
        <div class="combobox">
          <input
            ref={input}
            id={id}
            class="input"
            type="text"
            role="combobox"
            autoComplete="off"
            spellcheck={false}
            disabled={off}
            placeholder={placeholder}
            aria-autocomplete="list"
            aria-expanded={open}
            aria-controls={`${id}-list`}
            aria-activedescendant={open && shown[active] !== undefined ? `${id}-${active}` : undefined}
            aria-describedby={describedBy}
            aria-invalid={invalid ? 'true' : undefined}
            value={text}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setActive(0);
              setOpen(true);
            }}
            onFocus={(event) => event.currentTarget.select()}
            onClick={show}
            onKeyDown={onKeyDown}
            onBlur={() => (free && typed !== undefined ? choose(undefined) : leave())}
          />
          <span class="combobox-arrow" onPointerDown={(event) => event.preventDefault()}>
            <IconButton icon="down" label={combobox.open} onClick={() => (open ? leave() : (input.current?.focus(), show()))} />
          </span>
          <span class="spoken" role="status">
            {open ? (shown.length === 0 ? combobox.none : combobox.found(found.length)) : ''}
          </span>
          <div ref={list} class="listbox" popover="manual" hidden={!open} onPointerDown={(event) => event.preventDefault()}>
            <div id={`${id}-list`} role="listbox" aria-label={typeof props.label === 'string' ? props.label : placeholder}>
              {shown.map((option, index) => (
                <div key={option.value} role="presentation">
                  {option.group !== undefined && option.group !== shown[index - 1]?.group && (
                    <div class="listbox-group" role="presentation">
                      {option.group}
                    </div>
                  )}
                  <div
                    id={`${id}-${index}`}
                    role="option"
                    aria-selected={index === active}
                    class="listbox-option"
                    onClick={() => choose(option)}
                  >
                    <span class="grow wrap">{option.label}</span>
                    {option.about !== undefined && <span class="about">{option.about}</span>}
                  </div>
                </div>
              ))}
            </div>
            {shown.length === 0 && <p class="listbox-none">{none ?? combobox.none}</p>}
            {found.length > shown.length && <p class="listbox-none">{combobox.narrow(shown.length, found.length)}</p>}
          </div>
        </div>
      )}
    </Labelled>
  );
}

/** Every word that was typed occurs somewhere. */
export function matching(options: readonly ComboOption[], typed: string): readonly ComboOption[] {
  const words = typed.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) {
    return options;
  }
  return options.filter((one) => {
    const text = `${one.label} ${one.value} ${one.group ?? ''} ${one.words ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
