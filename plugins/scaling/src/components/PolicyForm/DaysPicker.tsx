import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { Weekday, WEEKDAYS } from '@headroom/plugin-scaling-common';
import { useScalingTranslation } from '../../useScalingTranslation';
import { FieldProblem } from './fields';
import { useFieldIssue } from './issues';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) },
  day: { minWidth: 48, textTransform: 'none' },
}));

/** Days of the week, each a button that says whether it is chosen. */
export function DaysPicker(props: {
  path: string;
  value: readonly Weekday[];
  onChange: (value: Weekday[]) => void;
}) {
  const { path, value, onChange } = props;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const issue = useFieldIssue(path);
  return (
    <div>
      <div role="group" aria-label={t('days.label')} className={classes.root}>
        {WEEKDAYS.map((day, index) => {
          const chosen = value.includes(day);
          return (
            <Button
              key={day}
              size="small"
              className={classes.day}
              variant={chosen ? 'contained' : 'outlined'}
              color={chosen ? 'primary' : 'default'}
              disableElevation
              aria-pressed={chosen}
              aria-label={t(`days.long.${day}`)}
              data-path={index === 0 ? path : undefined}
              onClick={() =>
                onChange(
                  WEEKDAYS.filter(each =>
                    each === day ? !chosen : value.includes(each),
                  ),
                )
              }
            >
              {t(`days.short.${day}`)}
            </Button>
          );
        })}
      </div>
      <FieldProblem issue={issue} />
    </div>
  );
}
