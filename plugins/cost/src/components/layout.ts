import { makeStyles } from '@material-ui/core/styles';

/** Height of a headline figure, so that skeleton and figure don't jump. */
export const FIGURE_HEIGHT = 152;

/** Height of the chart by day. */
export const CHART_HEIGHT = 260;

/** At most five figures side by side, fewer where it is narrow. */
export const useFigureGrid = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(176px, 1fr))',
    gap: theme.spacing(2),
  },
}));

/** Sections below each other. */
export const useColumn = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    minWidth: 0,
    // Not every portal sets the theme's font on the body.
    fontFamily: theme.typography.fontFamily,
  },
}));
