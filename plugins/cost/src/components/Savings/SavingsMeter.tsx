import { makeStyles } from '@material-ui/core/styles';
import { SavingsSummary } from '@headroom/plugin-scaling-common';
import {
  ExplainDialog,
  Figure,
  formatMoney,
  formatQuantity,
  formatShare,
  shareOf,
  toMicros,
} from '@headroom/react';
import { useState } from 'react';
import { useReviewTranslation } from '../../useReviewTranslation';

const useStyles = makeStyles(theme => ({
  root: {
    height: 8,
    border: `1px solid ${theme.palette.text.secondary}`,
    borderRadius: 4,
    overflow: 'hidden',
    margin: theme.spacing(0.5, 0),
  },
  bar: {
    height: '100%',
    backgroundColor:
      theme.palette.type === 'dark'
        ? theme.palette.success.light
        : theme.palette.success.dark,
  },
}));

/**
 * What part was saved of what the same hours would have cost, and how that is known.
 * Nothing while it is too early, or where nothing was to be paid.
 */
export function SavingsMeter({ summary }: { summary: SavingsSummary }) {
  const { measured, baseline } = summary;
  const classes = useStyles();
  const { t } = useReviewTranslation();
  const [isOpen, setOpen] = useState(false);
  if (!measured || baseline === undefined || toMicros(baseline) <= 0n) {
    return null;
  }
  const { currency, hours } = measured;
  const whole = toMicros(baseline);
  const saved = toMicros(measured.saved);
  const share = shareOf(saved, whole);
  const money = (micros: bigint) => formatMoney(micros, currency);
  return (
    <>
      <Figure
        label={t('meter.title')}
        value={formatShare(share)}
        comparison={
          <>
            <div aria-hidden="true" className={classes.root}>
              <div
                className={classes.bar}
                style={{ width: `${Math.min(100, Math.max(0, share * 100))}%` }}
              />
            </div>
            {t('meter.base', {
              baseline: money(whole),
              hours: formatQuantity(hours),
            })}
          </>
        }
        onOrigin={() => setOpen(true)}
      />
      <ExplainDialog
        explanation={
          isOpen
            ? {
                title: t('meter.title'),
                meaning: t('meter.meaning'),
                steps: [
                  { label: t('meter.baseline'), formula: money(whole) },
                  { label: t('meter.paid'), formula: money(whole - saved) },
                  {
                    label: t('meter.saved'),
                    formula: `${money(whole)} − ${money(
                      whole - saved,
                    )} = ${money(saved)}`,
                  },
                  {
                    label: t('meter.share'),
                    formula: `${money(saved)} / ${money(whole)} = ${formatShare(
                      share,
                    )}`,
                  },
                ],
                window: t('meter.interval', {
                  low: money(toMicros(measured.low)),
                  high: money(toMicros(measured.high)),
                }),
              }
            : undefined
        }
        onClose={() => setOpen(false)}
      />
    </>
  );
}
