import Typography from '@material-ui/core/Typography';
import { addDays, DayCost } from '@headroom/plugin-cost-common';
import { formatDayRange, yearOf } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { groupNotes } from './dayNotes';
import { useDayNote } from './useDayNote';

const MOST_NOTES = 4;

/** Below a chart: which days aren't whole, and which have no data. */
export function DayNotes(props: { days: readonly DayCost[] }) {
  const { days } = props;
  const { t } = useCostTranslation();
  const notes = groupNotes(days, useDayNote());
  if (notes.length === 0) {
    return null;
  }
  const more = notes.length - MOST_NOTES;
  return (
    <Typography variant="body2" color="textSecondary">
      {notes
        .slice(0, MOST_NOTES)
        .map(({ first, last, note }) => {
          const span = formatDayRange(
            first,
            addDays(last, 1),
            yearOf(last),
            'short',
          );
          return `${span}: ${note}`;
        })
        .join(' · ')}
      {more > 0 && ` · ${t('chart.moreNotes', { count: more })}`}
    </Typography>
  );
}
