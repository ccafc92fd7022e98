import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { Money, formatDayLong, toMicros } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { CostPart } from '../colors';
import { partMicros } from '../parts';
import { Swatch } from '../Swatch';
import { ChartDay } from './chartDays';
import { useDayNote } from './useDayNote';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(1, 1.5), fontSize: 13 },
  line: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
  },
  total: { fontWeight: theme.typography.fontWeightBold as number },
}));

/** What a day cost, part by part in the order of the stack from the top. */
export function ChartTooltip(props: {
  active?: boolean;
  payload?: Array<{ payload?: ChartDay }>;
  parts: CostPart[];
  currency: string;
}) {
  const { active, payload, parts, currency } = props;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const noteOf = useDayNote();
  const day = payload?.[0]?.payload;
  if (!active || !day) {
    return null;
  }
  const note = noteOf(day.source);
  return (
    <Paper elevation={4} className={classes.root}>
      <div className={classes.total}>{formatDayLong(day.day)}</div>
      {!day.gap && (
        <>
          {[...parts].reverse().map(part => (
            <div key={part} className={classes.line}>
              <span>
                <Swatch kind={part} />
                {t(`part.${part}`)}
              </span>
              <Money
                micros={partMicros(day.source, part)}
                currency={currency}
              />
            </div>
          ))}
          <div className={`${classes.line} ${classes.total}`}>
            <span>{t('table.total')}</span>
            <Money micros={toMicros(day.source.total)} currency={currency} />
          </div>
        </>
      )}
      {note && <div>{note}</div>}
    </Paper>
  );
}
