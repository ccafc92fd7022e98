import { makeStyles } from '@material-ui/core/styles';
import { AdviceRow } from '@headroom/plugin-cost-common';
import { Money, formatMoney, toMicros } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';

const useStyles = makeStyles(theme => ({
  held: {
    fontSize: 12,
    lineHeight: 1.35,
    color: theme.palette.text.secondary,
  },
}));

/** What an advice saves at list, and apart from it what is held back. */
export function SavingCell(props: { row: AdviceRow; currency: string }) {
  const { row, currency } = props;
  const classes = useStyles();
  const { t } = useCostTranslation();
  return (
    <>
      {row.listSaving === undefined ? (
        <div>–</div>
      ) : (
        <div>
          <Money micros={toMicros(row.listSaving)} currency={currency} />
        </div>
      )}
      {row.heldSaving !== undefined && (
        <div className={classes.held} title={t('advice.table.heldHint')}>
          {t('advice.table.held', {
            amount: formatMoney(toMicros(row.heldSaving), currency),
          })}
        </div>
      )}
    </>
  );
}
