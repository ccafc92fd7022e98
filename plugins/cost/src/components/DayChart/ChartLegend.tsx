import { makeStyles } from '@material-ui/core/styles';
import { DayCost } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';
import { CostPart } from '../colors';
import { Money } from '@headroom/react';
import { partMicros } from '../parts';
import { Swatch } from '../Swatch';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.body2.fontSize,
  },
}));

/** The parts of a chart with what each cost in the window, in the order of the stack. */
export function ChartLegend(props: {
  days: readonly DayCost[];
  parts: CostPart[];
  currency: string;
}) {
  const { days, parts, currency } = props;
  const classes = useStyles();
  const { t } = useCostTranslation();
  return (
    <ul className={classes.root}>
      {parts.map(part => (
        <li key={part}>
          <Swatch kind={part} />
          {t(`part.${part}`)}{' '}
          <Money
            micros={days.reduce((sum, day) => sum + partMicros(day, part), 0n)}
            currency={currency}
          />
        </li>
      ))}
    </ul>
  );
}
