import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ComponentType, ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(4), maxWidth: 880 },
  head: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(2),
  },
}));

/**
 * A page without figures: what is the matter, and the one next step. Snippets
 * on it are plain text: the colours of highlighted ones are too pale to read.
 *
 * @public
 */
export function StatePage(props: {
  icon: ComponentType<{ fontSize?: 'large' }>;
  title: string;
  /** Interrupts a screen reader: something failed. */
  alert?: boolean;
  children: ReactNode;
}) {
  const { icon: Icon, title, alert, children } = props;
  const classes = useStyles();
  return (
    <Paper role={alert ? 'alert' : undefined} className={classes.root}>
      <div className={classes.head}>
        <Icon fontSize="large" />
        <Typography variant="h5" component="h2">
          {title}
        </Typography>
      </div>
      {children}
    </Paper>
  );
}
