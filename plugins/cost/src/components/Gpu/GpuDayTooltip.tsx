import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { formatDayLong, formatQuantity, formatShare } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { busyShareOf, GpuUseDay } from './gpuNumbers';
import { GPU_PARTS } from './gpuPatterns';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(1, 1.5), fontSize: 13 },
  title: { fontWeight: theme.typography.fontWeightBold as number },
  line: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
  },
}));

/** Device-hours of one day, part by part in the order of the stack from the top. */
export function GpuDayTooltip(props: {
  active?: boolean;
  payload?: Array<{ payload?: GpuUseDay }>;
}) {
  const { active, payload } = props;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const day = payload?.[0]?.payload;
  if (!active || !day) {
    return null;
  }
  const share = busyShareOf(day.busy, day.known ?? 0);
  return (
    <Paper elevation={4} className={classes.root}>
      <div className={classes.title}>{formatDayLong(day.day)}</div>
      {[...GPU_PARTS].reverse().map(part => {
        const hours = day[part];
        return (
          hours !== undefined && (
            <div key={part} className={classes.line}>
              <span>{t(`gpuUse.part.${part}`)}</span>
              <span>{formatQuantity(hours)}</span>
            </div>
          )
        );
      })}
      {share !== undefined && (
        <div className={classes.line}>
          <span>{t('gpuUse.days.busyShare')}</span>
          <span>{formatShare(share)}</span>
        </div>
      )}
      {day.partial && <div>{t('day.partial')}</div>}
    </Paper>
  );
}
