import Paper from '@material-ui/core/Paper';
import { useCostTranslation } from '../../useCostTranslation';
import {
  Block,
  CHART_HEIGHT,
  FIGURE_HEIGHT,
  useColumn,
  useFigureGrid,
} from '@headroom/react';

const PADDING = 16;
const FIGURES = 5;

/** A GPU page before it is there: figures, bars by day, heat map, table. */
export function GpuSkeleton() {
  const grid = useFigureGrid();
  const column = useColumn();
  const { t } = useCostTranslation();
  return (
    <div role="status" aria-label={t('gpuUse.loading')} className={column.root}>
      <div className={grid.root}>
        {Array.from({ length: FIGURES }, (_, index) => (
          <Paper key={index} style={{ padding: PADDING }}>
            <Block height={FIGURE_HEIGHT - 2 * PADDING} />
          </Paper>
        ))}
      </div>
      {[CHART_HEIGHT + 100, 320, 400].map(height => (
        <Paper key={height} style={{ padding: PADDING }}>
          <Block height={height} />
        </Paper>
      ))}
    </div>
  );
}
