import { makeStyles } from '@material-ui/core/styles';

/** Height of a headline figure, so that skeleton and figure don't jump. @public */
export const FIGURE_HEIGHT = 152;

/** Height of the chart by day. @public */
export const CHART_HEIGHT = 260;

/** At most five figures side by side, fewer where it is narrow. @public */
export const useFigureGrid = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(176px, 1fr))',
    gap: theme.spacing(2),
  },
}));

/** Sections below each other. @public */
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
