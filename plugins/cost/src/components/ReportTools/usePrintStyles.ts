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
        color: 'black',
        colorScheme: 'light',
      },
      // Bars and tags are backgrounds, which browsers leave out otherwise.
      '[data-report] *': {
        printColorAdjust: 'exact',
        WebkitPrintColorAdjust: 'exact',
      },
      '[data-report] tr': { breakInside: 'avoid' },
      // Else the total stands below each page, as if it were that page's.
      '[data-report] tfoot': { display: 'table-row-group' },
      '[data-report] h2': { breakAfter: 'avoid' },
      // A table that scrolls would be cut off.
      '[data-report] [role="region"]': { overflow: 'visible' },
      '[data-report] button, [data-report] [data-no-print]': {
        display: 'none !important',
      },
    },
  },
});
