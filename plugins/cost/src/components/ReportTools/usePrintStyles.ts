import { makeStyles } from '@material-ui/core/styles';

/** For a report to be alone on paper: its outermost element has `data-report`. */
export const usePrintStyles = makeStyles({
  // On paper there is the report alone, however a portal frames it.
  '@global': {
    '@media print': {
      'body *': { visibility: 'hidden' },
      '[data-report], [data-report] *': { visibility: 'visible' },
      '[data-report]': {
        position: 'absolute',
        left: 0,
        top: 0,
        width: '100%',
        zIndex: 9999,
        backgroundColor: 'white',
      },
      '[data-report] section': { breakInside: 'avoid' },
      '[data-report] button, [data-report] [data-no-print]': {
        display: 'none !important',
      },
    },
  },
});
