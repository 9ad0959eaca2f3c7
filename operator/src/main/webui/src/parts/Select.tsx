import { Labelled, type LabelledProps } from './Field';

export interface Option<T extends string = string> {
  readonly value: T;
  readonly label: string;
  readonly off?: boolean;
}

export interface SelectProps<T extends string> extends LabelledProps {
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
  readonly off?: boolean;
}

/** The native one: it knows every keyboard, screen reader and phone. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { value, options, onChange, off } = props;
  return (
    <Labelled {...props}>
      {({ id, describedBy, invalid }) => (
        <select
          id={id}
          class="input"
          value={value}
          disabled={off}
          aria-describedby={describedBy}
          aria-invalid={invalid ? 'true' : undefined}
          onChange={(event) => onChange(event.currentTarget.value as T)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.off} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
