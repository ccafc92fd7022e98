import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
  filters: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: theme.spacing(1, 2),
  },
}));

/** Above a table: what filters it, and what can be done with it; a report that is printed leaves it out. */
export function TableTools(props: { children: ReactNode; actions: ReactNode }) {
  const classes = useStyles();
  return (
    <div className={classes.root} data-no-print="">
      <div className={classes.filters}>{props.children}</div>
      {props.actions}
    </div>
  );
}
