import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { GpuAdvice } from '@headroom/plugin-cost-common';
import { Section, toMicros } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { GpuAdviceCard } from './GpuAdviceCard';

/** What saves most; the rest are a press away. */
const FIRST = 6;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(340px, 100%), 1fr))',
    gap: theme.spacing(2),
    alignItems: 'start',
  },
}));

/** Held-back advice last, else by money. */
function byMoney(a: GpuAdvice, b: GpuAdvice): number {
  const held = Number(Boolean(a.withheld)) - Number(Boolean(b.withheld));
  if (held !== 0) {
    return held;
  }
  return toMicros(b.savingMicros) > toMicros(a.savingMicros) ? 1 : -1;
}

/** What to do about GPUs, the most money first. */
export function GpuAdviceCards(props: {
  advice: GpuAdvice[];
  currency: string;
  /** In which hours of the week are counted. */
  timezone: string;
  /** Of many services: each advice says which. */
  fleet?: boolean;
}) {
  const { advice, currency, timezone, fleet } = props;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const [all, setAll] = useState(false);
  const sorted = [...advice].sort(byMoney);
  const shown = all ? sorted : sorted.slice(0, FIRST);
  return (
    <Section title={t('gpuUse.advice.title')}>
      {advice.length === 0 ? (
        <Typography variant="body2">{t('gpuUse.advice.none')}</Typography>
      ) : (
        <div className={classes.root}>
          {shown.map(item => (
            <GpuAdviceCard
              key={JSON.stringify([item.workload, item.kind, item.proposal])}
              advice={item}
              currency={currency}
              timezone={timezone}
              fleet={fleet}
            />
          ))}
        </div>
      )}
      {sorted.length > shown.length && (
        <Button size="small" onClick={() => setAll(true)}>
          {t('gpuUse.advice.more', { count: sorted.length - shown.length })}
        </Button>
      )}
    </Section>
  );
}
