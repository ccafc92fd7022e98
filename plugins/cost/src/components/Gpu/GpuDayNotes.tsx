import Typography from '@material-ui/core/Typography';
import { addDays } from '@headroom/plugin-cost-common';
import { formatDayRange, yearOf } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { GpuUseDay } from './gpuNumbers';

const MOST_NOTES = 4;

/** Neighbouring gaps as one span each. */
function gapSpans(days: readonly GpuUseDay[]): string[] {
  const spans: Array<{ first: string; last: string }> = [];
  days.forEach((day, index) => {
    if (!day.gap) {
      return;
    }
    if (index > 0 && days[index - 1].gap) {
      spans[spans.length - 1].last = day.day;
    } else {
      spans.push({ first: day.day, last: day.day });
    }
  });
  return spans.map(({ first, last }) =>
    formatDayRange(first, addDays(last, 1), yearOf(last), 'short'),
  );
}

/** Below the chart: which days have no data, and which is not over. */
export function GpuDayNotes(props: { days: readonly GpuUseDay[] }) {
  const { days } = props;
  const { t } = useCostTranslation();
  const spans = gapSpans(days);
  const partial = days.find(day => day.partial);
  const notes = [
    ...spans
      .slice(0, MOST_NOTES)
      .map(span => t('gpuUse.days.gaps', { days: span })),
    ...(spans.length > MOST_NOTES
      ? [t('chart.moreNotes', { count: spans.length - MOST_NOTES })]
      : []),
    ...(partial
      ? [
          t('gpuUse.days.partialDay', {
            day: formatDayRange(
              partial.day,
              addDays(partial.day, 1),
              yearOf(partial.day),
              'short',
            ),
          }),
        ]
      : []),
  ];
  return notes.length === 0 ? null : (
    <Typography variant="body2" color="textSecondary">
      {notes.join(' · ')}
    </Typography>
  );
}
