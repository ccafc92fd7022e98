import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode, useId, useState } from 'react';

const useStyles = makeStyles(theme => ({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
  },
  input: { minWidth: 150, flex: '1 1 150px' },
}));

/** Inputs beside each other. */
export function InputRow(props: { children: ReactNode }) {
  return <div className={useStyles().row}>{props.children}</div>;
}

interface InputProps {
  label: string;
  hint?: string;
  /** What is wrong with it. */
  problem?: string;
  disabled?: boolean;
}

function useInput({ label, hint, problem, disabled }: InputProps) {
  const id = useId();
  return {
    id,
    label,
    disabled,
    className: useStyles().input,
    error: problem !== undefined,
    helperText: problem ?? hint,
    InputLabelProps: { shrink: true },
  };
}

/** A whole number, or nothing. */
export function CountInput(
  props: InputProps & {
    value: number | undefined;
    onChange: (value: number | undefined) => void;
  },
) {
  const { value, onChange } = props;
  // What is typed stays as it is typed: nothing on the way from 2 to 12.
  const [typed, setTyped] = useState<string>();
  return (
    <TextField
      {...useInput(props)}
      type="number"
      value={typed ?? (value === undefined ? '' : String(value))}
      onBlur={() => setTyped(undefined)}
      onChange={event => {
        const text = event.target.value;
        setTyped(text);
        onChange(text === '' ? undefined : Number(text));
      }}
      inputProps={{
        min: 0,
        step: 1,
        'aria-invalid': props.problem !== undefined || undefined,
      }}
    />
  );
}

/** A quantity such as `512Mi`, or nothing. */
export function QuantityInput(
  props: InputProps & {
    value: string | undefined;
    onChange: (value: string | undefined) => void;
  },
) {
  const { value, onChange } = props;
  return (
    <TextField
      {...useInput(props)}
      value={value ?? ''}
      onChange={event => onChange(event.target.value.trim() || undefined)}
      inputProps={{ spellCheck: false }}
    />
  );
}

/** One of a few. */
export function OneOfInput<T extends string>(
  props: InputProps & {
    value: T;
    options: ReadonlyArray<{ value: T; label: string }>;
    onChange: (value: T) => void;
  },
) {
  const { value, options, onChange } = props;
  return (
    <TextField
      {...useInput(props)}
      select
      value={value}
      onChange={event => onChange(event.target.value as T)}
      SelectProps={{ native: true }}
    >
      {options.map(option => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </TextField>
  );
}

/** Yes or no. */
export function YesInput(props: {
  label: string;
  value: boolean;
  disabled?: boolean;
  onChange: (value: boolean) => void;
}) {
  const { label, value, disabled, onChange } = props;
  return (
    <FormControlLabel
      label={label}
      disabled={disabled}
      control={
        <Checkbox
          color="primary"
          checked={value}
          onChange={event => onChange(event.target.checked)}
        />
      }
    />
  );
}
