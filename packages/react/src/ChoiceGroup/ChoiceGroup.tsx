import Button from '@material-ui/core/Button';
import ButtonGroup from '@material-ui/core/ButtonGroup';

/** One of a few, as buttons that say which is chosen. @public */
export function ChoiceGroup<T extends string>(props: {
  label: string;
  choices: ReadonlyArray<{ value: T; label: string }>;
  value: T;
  onChoose: (value: T) => void;
}) {
  const { label, choices, value, onChoose } = props;
  return (
    <ButtonGroup size="small" aria-label={label}>
      {choices.map(choice => (
        <Button
          key={choice.value}
          variant={choice.value === value ? 'contained' : 'outlined'}
          color={choice.value === value ? 'primary' : 'default'}
          disableElevation
          aria-pressed={choice.value === value}
          onClick={() => onChoose(choice.value)}
        >
          {choice.label}
        </Button>
      ))}
    </ButtonGroup>
  );
}
