import Typography from '@material-ui/core/Typography';
import { formatDaySpan, yearOf } from '../format';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';
import { groupNotes } from './groupNotes';

const MOST_NOTES = 4;

/** Below a chart: which days aren't whole, and which have no data. @public */
export function DayNotes<Day extends { day: string }>(props: {
  days: readonly Day[];
  noteOf: (day: Day) => string | undefined;
}) {
  const { days, noteOf } = props;
  const { t } = useHeadroomTranslation();
  const notes = groupNotes(days, noteOf);
  if (notes.length === 0) {
    return null;
  }
  const more = notes.length - MOST_NOTES;
  return (
    <Typography variant="body2" color="textSecondary">
      {notes
        .slice(0, MOST_NOTES)
        .map(
          ({ first, last, note }) =>
            `${formatDaySpan(first, last, yearOf(last), 'short')}: ${note}`,
        )
        .join(' · ')}
      {more > 0 && ` · ${t('chart.moreNotes', { count: more })}`}
    </Typography>
  );
}
