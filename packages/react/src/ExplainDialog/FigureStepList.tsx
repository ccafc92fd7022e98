import { makeStyles } from '@material-ui/core/styles';
import { FigureStep } from './FigureStep';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(120px, max-content) 1fr',
    gap: theme.spacing(0.5, 2),
    margin: 0,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, fontVariantNumeric: 'tabular-nums' },
  },
}));

/** The steps of an explanation, one below the other. @public */
export function FigureStepList(props: { steps: FigureStep[] }) {
  const classes = useStyles();
  return (
    <dl className={classes.root}>
      {props.steps.map(step => [
        <dt key={`${step.label}-label`}>{step.label}</dt>,
        <dd key={`${step.label}-formula`}>{step.formula}</dd>,
      ])}
    </dl>
  );
}
