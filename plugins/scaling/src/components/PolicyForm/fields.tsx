import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode, useId, useState } from 'react';
import { useFieldIssue } from './issues';

const useStyles = makeStyles(theme => ({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
  },
  column: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    minWidth: 0,
  },
  field: { minWidth: 140 },
  wide: { minWidth: 260, flex: 1 },
  group: {
    margin: 0,
    padding: theme.spacing(1, 2, 2),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    minWidth: 0,
  },
}));

/** Fields beside each other. */
export function FieldRow(props: { children: ReactNode }) {
  return <div className={useStyles().row}>{props.children}</div>;
}

/** Fields that belong together, under a name. */
export function FieldGroup(props: {
  label: string;
  /** Where in a policy they are. */
  path?: string;
  children: ReactNode;
}) {
  const classes = useStyles();
  const issue = useFieldIssue(props.path ?? '\u0000');
  return (
    <fieldset className={classes.group}>
      <legend>{props.label}</legend>
      <div className={classes.column}>
        {issue.text && <FieldProblem issue={issue} />}
        {props.children}
      </div>
    </fieldset>
  );
}

/** What is wrong with something that is no single field. */
export function FieldProblem(props: {
  issue: ReturnType<typeof useFieldIssue>;
}) {
  const { error, text } = props.issue;
  return text ? (
    <div role={error ? 'alert' : 'note'} style={{ fontWeight: 500 }}>
      {text}
    </div>
  ) : null;
}

interface FieldProps {
  /** Where in a policy it is: `schedules[0].zone`. */
  path: string;
  label: string;
  hint?: string;
}

/** A text of a policy. */
export function TextInput(
  props: FieldProps & {
    value: string;
    onChange: (value: string) => void;
    type?: 'text' | 'date' | 'time' | 'datetime-local';
    wide?: boolean;
    required?: boolean;
    /** Offered while typing. */
    options?: readonly string[];
  },
) {
  const { path, label, hint, value, onChange, type = 'text' } = props;
  const classes = useStyles();
  const id = useId();
  const issue = useFieldIssue(path);
  return (
    <>
      <TextField
        id={id}
        className={props.wide ? classes.wide : classes.field}
        type={type}
        label={label}
        value={value}
        required={props.required}
        onChange={event => onChange(event.target.value)}
        error={issue.error}
        helperText={issue.text ?? hint}
        inputProps={{
          'data-path': path,
          ...(props.options && { list: `${id}-options` }),
        }}
        InputLabelProps={type === 'text' ? undefined : { shrink: true }}
      />
      {props.options && (
        <datalist id={`${id}-options`}>
          {props.options.map(option => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
    </>
  );
}

/** A whole number of a policy; NaN while it is none, undefined where it may be left out. */
export function NumberInput(
  props: FieldProps & {
    value: number | undefined;
    optional?: boolean;
    min?: number;
    max?: number;
    onChange: (value: number | undefined) => void;
  },
) {
  const { path, label, hint, value, optional, min = 0, max, onChange } = props;
  const classes = useStyles();
  const id = useId();
  const issue = useFieldIssue(path);
  // What is typed stays as it is typed: "1" on the way to "12", or nothing.
  const [typed, setTyped] = useState<string>();
  const text =
    typed ?? (value === undefined || Number.isNaN(value) ? '' : String(value));
  return (
    <TextField
      id={id}
      className={classes.field}
      type="number"
      label={label}
      value={text}
      onBlur={() => setTyped(undefined)}
      onChange={event => {
        const next = event.target.value;
        setTyped(next);
        if (next === '') {
          onChange(optional ? undefined : NaN);
        } else {
          onChange(Number(next));
        }
      }}
      error={issue.error}
      helperText={issue.text ?? hint}
      inputProps={{ min, max, step: 1, 'data-path': path }}
      InputLabelProps={{ shrink: true }}
    />
  );
}

/** One of a few values of a policy. */
export function SelectInput<T extends string>(
  props: FieldProps & {
    value: T;
    options: ReadonlyArray<{ value: T; label: string }>;
    onChange: (value: T) => void;
    wide?: boolean;
  },
) {
  const { path, label, hint, value, options, onChange } = props;
  const classes = useStyles();
  const id = useId();
  const issue = useFieldIssue(path);
  return (
    <TextField
      id={id}
      select
      className={props.wide ? classes.wide : classes.field}
      label={label}
      value={value}
      onChange={event => onChange(event.target.value as T)}
      error={issue.error}
      helperText={issue.text ?? hint}
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
      inputProps={{ 'data-path': path }}
    >
      {options.map(option => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </TextField>
  );
}

/** `a, b` as its parts; undefined where there are none. */
export function namesOf(text: string): string[] | undefined {
  const names = text
    .split(',')
    .map(name => name.trim())
    .filter(Boolean);
  return names.length > 0 ? names : undefined;
}

/** Names with commas between them. */
export function NamesInput(
  props: FieldProps & {
    value: readonly string[] | undefined;
    onChange: (value: string[] | undefined) => void;
  },
) {
  const { value, onChange, ...field } = props;
  const [typed, setTyped] = useState(value?.join(', ') ?? '');
  const shown =
    JSON.stringify(namesOf(typed)) === JSON.stringify(value && [...value])
      ? typed
      : value?.join(', ') ?? '';
  return (
    <TextInput
      {...field}
      value={shown}
      onChange={text => {
        setTyped(text);
        onChange(namesOf(text));
      }}
    />
  );
}
