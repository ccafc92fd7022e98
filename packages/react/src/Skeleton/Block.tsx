import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  '@keyframes pulse': { '50%': { opacity: 0.5 } },
  root: {
    backgroundColor: theme.palette.action.hover,
    borderRadius: theme.shape.borderRadius,
    animation: '$pulse 1.6s ease-in-out infinite',
    '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
  },
}));

/** A grey place for something that is on its way. @public */
export function Block(props: { height: number }) {
  const classes = useStyles();
  return <div className={classes.root} style={{ height: props.height }} />;
}
