import { GpuReport } from '@headroom/plugin-cost-common';
import {
  Figure,
  FigureGrid,
  Money,
  formatCount,
  formatDayRange,
  formatQuantity,
  formatShare,
  shareOf,
  toMicros,
  yearOf,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { useComparisonText } from '../Headline/useComparisonText';
import { GpuFigure } from './gpuExplanation';
import { busyShareOf, setAsideCount } from './gpuNumbers';
import { useBasisText } from './useBasisText';

/** Whether GPUs work: what is paid, what of it computes, and what could be taken back. */
export function GpuHeadline(props: {
  report: GpuReport;
  onOrigin: (figure: GpuFigure) => void;
}) {
  const { report, onOrigin } = props;
  const { headline, currency, window } = report;
  const { t } = useCostTranslation();
  const comparisonText = useComparisonText();
  const basisText = useBasisText(report.bases);
  const cost = toMicros(headline.money.cost);
  const unused = toMicros(headline.money.unused);
  const share = busyShareOf(headline.busyHours, headline.knownHours);
  const aside = setAsideCount(report.setAside);
  const allReadings = report.readings + aside;
  const unknownHours = headline.heldHours - headline.knownHours;
  const busyBase = () => {
    if (share === undefined) {
      return t('gpuUse.figure.busyUnknown');
    }
    return unknownHours > 0.05
      ? t('gpuUse.figure.busyPartly', {
          busy: formatQuantity(headline.busyHours),
          known: formatQuantity(headline.knownHours),
          rest: formatQuantity(unknownHours),
        })
      : t('gpuUse.figure.busyBase', {
          busy: formatQuantity(headline.busyHours),
          held: formatQuantity(headline.heldHours),
          basis: basisText,
        });
  };
  return (
    <FigureGrid>
      <Figure
        label={t('gpuUse.figure.spend', {
          window: formatDayRange(
            window.start,
            window.end,
            yearOf(window.end),
            'short',
          ),
        })}
        value={<Money micros={cost} currency={currency} />}
        comparison={comparisonText(window, headline.previous)}
        onOrigin={() => onOrigin('spend')}
      />
      <Figure
        label={t('gpuUse.figure.busy')}
        value={share === undefined ? '\u2013' : formatShare(share)}
        comparison={busyBase()}
        onOrigin={() => onOrigin('busy')}
      />
      <Figure
        label={t('gpuUse.figure.unused')}
        value={
          share === undefined ? (
            '\u2013'
          ) : (
            <Money micros={unused} currency={currency} />
          )
        }
        comparison={
          share === undefined || cost <= 0n
            ? t('gpuUse.figure.busyUnknown')
            : t('gpuUse.figure.unusedBase', {
                share: formatShare(shareOf(unused, cost)),
                known: formatQuantity(headline.knownHours),
                hours: formatQuantity(headline.unusedHours),
              })
        }
        onOrigin={() => onOrigin('unused')}
      />
      <Figure
        label={t('gpuUse.figure.reclaimable')}
        value={
          share === undefined
            ? '\u2013'
            : t('gpuUse.figure.reclaimableUnit', {
                hours: formatQuantity(headline.reclaimableHours),
              })
        }
        comparison={
          share === undefined
            ? t('gpuUse.figure.busyUnknown')
            : t('gpuUse.figure.reclaimableBase', {
                share: formatShare(
                  headline.heldHours > 0
                    ? headline.reclaimableHours / headline.heldHours
                    : 0,
                ),
              })
        }
        onOrigin={() => onOrigin('reclaimable')}
      />
      <Figure
        label={t('gpuUse.figure.setAside')}
        value={formatCount(aside)}
        comparison={
          allReadings === 0
            ? t('gpuUse.figure.noReadings')
            : t(
                aside === 0
                  ? 'gpuUse.figure.setAsideNone'
                  : 'gpuUse.figure.setAsideBase',
                {
                  share: formatShare(aside / allReadings),
                  all: formatCount(allReadings),
                },
              )
        }
        onOrigin={() => onOrigin('setAside')}
      />
    </FigureGrid>
  );
}
