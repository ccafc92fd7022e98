import Paper from '@material-ui/core/Paper';
import { useCostTranslation } from '../../useCostTranslation';
import {
  Block,
  FIGURE_HEIGHT,
  useColumn,
  useFigureGrid,
} from '@headroom/react';

const PADDING = 16;
const FIGURES = 5;

/** Advice before it is there: figures and a long table. */
export function AdviceSkeleton() {
  const grid = useFigureGrid();
  const column = useColumn();
  const { t } = useCostTranslation();
  return (
    <div role="status" aria-label={t('advice.loading')} className={column.root}>
      <div className={grid.root}>
        {Array.from({ length: FIGURES }, (_, index) => (
          <Paper key={index} style={{ padding: PADDING }}>
            <Block height={FIGURE_HEIGHT - 2 * PADDING} />
          </Paper>
        ))}
      </div>
      <Paper style={{ padding: PADDING }}>
        <Block height={640} />
      </Paper>
    </div>
  );
}
