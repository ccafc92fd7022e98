import { makeStyles } from '@material-ui/core/styles';

/** For a report to be alone on paper: its outermost element has `data-review`. */
export const usePrintStyles = makeStyles({
  // On paper there is the review alone, however a portal frames it.
  '@global': {
    '@media print': {
      'body *': { visibility: 'hidden' },
      '[data-review], [data-review] *': { visibility: 'visible' },
      '[data-review]': {
        position: 'absolute',
        left: 0,
        top: 0,
        width: '100%',
        zIndex: 9999,
        backgroundColor: 'white',
      },
      '[data-review] section': { breakInside: 'avoid' },
      '[data-review] button, [data-review] [data-no-print]': {
        display: 'none !important',
      },
    },
  },
});
