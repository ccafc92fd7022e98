import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';
import { PartMark } from './PartMark';
import { ChartPart } from './types';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.body2.fontSize,
  },
}));

/** The parts of a chart, each with what it comes to over all days, in the order of the stack. @public */
export function ChartLegend(props: {
  parts: readonly ChartPart[];
  amountOf?: (part: ChartPart) => ReactNode;
}) {
  const { parts, amountOf } = props;
  const classes = useStyles();
  return (
    <ul className={classes.root}>
      {parts.map(part => (
        <li key={part.id}>
          <PartMark part={part} />
          {part.label} {amountOf?.(part)}
        </li>
      ))}
    </ul>
  );
}
