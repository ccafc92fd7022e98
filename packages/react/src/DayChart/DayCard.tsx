import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';
import { formatDayLong } from '../format';
import { PartMark } from './PartMark';
import { ChartPart } from './types';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(1, 1.5), fontSize: 13 },
  line: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
  },
  strong: { fontWeight: theme.typography.fontWeightBold as number },
}));

/** One line of a {@link DayCard}. @public */
export interface DayCardLine {
  /** Drawn as its mark before the label. */
  part?: Pick<ChartPart, 'color' | 'fill'>;
  label: string;
  value: ReactNode;
  /** The line of the total. */
  strong?: boolean;
}

/** What is to be said of the day under the pointer: its date, its parts, a note. @public */
export function DayCard(props: {
  /** `YYYY-MM-DD` */
  day: string;
  /** In the order of the stack from the top. */
  lines: DayCardLine[];
  note?: string;
}) {
  const { day, lines, note } = props;
  const classes = useStyles();
  return (
    <Paper elevation={4} className={classes.root}>
      <div className={classes.strong}>{formatDayLong(day)}</div>
      {lines.map(({ part, label, value, strong }) => (
        <div
          key={label}
          className={
            strong ? `${classes.line} ${classes.strong}` : classes.line
          }
        >
          <span>
            {part && <PartMark part={part} />}
            {label}
          </span>
          <span>{value}</span>
        </div>
      ))}
      {note && <div>{note}</div>}
    </Paper>
  );
}
