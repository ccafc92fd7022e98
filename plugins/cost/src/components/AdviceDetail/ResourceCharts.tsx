import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useMemo } from 'react';
import { AdvisedResource, AdviceDetail } from '@headroom/plugin-cost-common';
import {
  calendarDay,
  formatAmount,
  formatDay,
  formatDayRange,
  formatMinutes,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { axisEnd, chartLines, thinned } from './chartLines';
import { DistributionChart } from './DistributionChart';
import { historyPoints, historyValues, stepMinutes } from './history';
import { HistoryChart } from './HistoryChart';
import { LineLegend } from './LineLegend';

/** More points than a chart has pixels only cost time. */
const MOST_POINTS = 700;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(420px, 100%), 1fr))',
    gap: theme.spacing(2, 4),
  },
  chart: { minWidth: 0 },
}));

/** How a resource was used, and when, with the settings drawn into both. */
export function ResourceCharts(props: {
  detail: AdviceDetail;
  resource: AdvisedResource;
}) {
  const { detail, resource } = props;
  const { advice, timezone, history } = detail;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const own = advice[resource];
  const { usedFrom: from, days } = advice.evidence;
  const counted = advice.evidence.counted?.[resource] ?? { from, days };
  const buckets = detail.distribution[resource];
  const lines = useMemo(() => chartLines(own), [own]);
  const values = historyValues(detail, resource);
  const { points, step } = useMemo(() => {
    const thin = thinned(values, MOST_POINTS);
    const stepSeconds = thin.step * history.stepSeconds;
    return {
      points: historyPoints(detail, thin.values, stepSeconds),
      step: formatMinutes(stepMinutes(stepSeconds)),
    };
  }, [detail, values, history.stepSeconds]);
  const known = points.flatMap(({ used }) => (used === null ? [] : [used]));
  const peak = Math.max(
    own.usage?.peak ?? 0,
    ...known,
    ...buckets.filter(({ share }) => share > 0).map(({ upTo }) => upTo),
  );
  const end = axisEnd(peak, lines);
  const amount = (value: number | undefined) =>
    value === undefined ? '\u2013' : formatAmount(resource, value);
  const lineTexts = lines
    .map(
      ({ id, value }) => `${t(`advice.detail.line.${id}`)}: ${amount(value)}`,
    )
    .join('; ');
  const name = t(`advice.resource.${resource}`);
  if (buckets.length === 0 && known.length === 0) {
    return (
      <Typography variant="body2">{t('advice.detail.noSamples')}</Typography>
    );
  }
  return (
    <>
      <div className={classes.root}>
        <div className={classes.chart}>
          <Typography variant="subtitle2" component="h3">
            {t('advice.detail.distribution')}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {t('advice.detail.distributionNote')}
          </Typography>
          <div
            role="img"
            aria-label={t('advice.detail.distributionSummary', {
              resource: name,
              p50: amount(own.usage?.p50),
              p95: amount(own.usage?.p95),
              peak: amount(own.usage?.peak),
              lines: lineTexts,
            })}
          >
            <DistributionChart
              resource={resource}
              buckets={buckets}
              lines={lines}
              end={end}
            />
          </div>
        </div>
        <div className={classes.chart}>
          <Typography variant="subtitle2" component="h3">
            {t('advice.detail.history')}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {t('advice.detail.historyNote', { step, timezone })}
            {counted.from > advice.evidence.window.start &&
              ` ${t('advice.detail.historyUsedFrom', {
                days: t('advice.dayCount', { count: counted.days }),
                from: formatDay(calendarDay(counted.from, timezone)),
              })}`}
          </Typography>
          <div
            role="img"
            aria-label={t('advice.detail.historySummary', {
              resource: name,
              window: formatDayRange(
                calendarDay(advice.evidence.window.start, timezone),
                calendarDay(advice.evidence.window.end, timezone),
              ),
              lines: lineTexts,
            })}
          >
            <HistoryChart
              resource={resource}
              points={points}
              lines={lines}
              end={end}
              timezone={timezone}
            />
          </div>
        </div>
      </div>
      <LineLegend lines={lines} resource={resource} end={end} />
    </>
  );
}
