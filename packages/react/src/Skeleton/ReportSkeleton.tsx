import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';
import {
  CHART_HEIGHT,
  FIGURE_HEIGHT,
  useColumn,
  useFigureGrid,
} from '../layout/layout';
import { Block } from './Block';

const FIGURES = 5;
const PANEL_PADDING = 16;

const useStyles = makeStyles({ panel: { padding: PANEL_PADDING } });

/** A report before it is there, in the shape it will have: figures, chart, table. @public */
export function ReportSkeleton() {
  const classes = useStyles();
  const grid = useFigureGrid();
  const column = useColumn();
  const { t } = useHeadroomTranslation();
  return (
    <div role="status" aria-label={t('loading')} className={column.root}>
      <div className={grid.root}>
        {Array.from({ length: FIGURES }, (_, index) => (
          <Paper key={index} className={classes.panel}>
            <Block height={FIGURE_HEIGHT - 2 * PANEL_PADDING} />
          </Paper>
        ))}
      </div>
      {[CHART_HEIGHT + 80, 320].map(height => (
        <Paper key={height} className={classes.panel}>
          <Block height={height} />
        </Paper>
      ))}
    </div>
  );
}
