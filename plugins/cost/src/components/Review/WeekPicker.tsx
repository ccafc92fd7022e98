import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { ReviewList } from '@headroom/plugin-cost-common';
import { useReviewTranslation } from '../../useReviewTranslation';
import { weekText } from './weekText';

/** One of the weeks that have a review. */
export function WeekPicker(props: {
  list: ReviewList;
  week: string;
  onChoose: (week: string | undefined) => void;
}) {
  const { list, week, onChoose } = props;
  const { t } = useReviewTranslation();
  const weeks = list.weeks.map(each => each.week);
  return (
    <TextField
      select
      size="small"
      variant="outlined"
      id="review-week"
      label={t('week')}
      value={weeks.includes(week) ? week : ''}
      onChange={({ target }) =>
        onChoose(target.value === weeks[0] ? undefined : target.value)
      }
      SelectProps={{ SelectDisplayProps: { 'aria-label': t('week') } }}
    >
      {weeks.map(each => (
        <MenuItem key={each} value={each}>
          {weekText(each)}
        </MenuItem>
      ))}
    </TextField>
  );
}
