import Typography from '@material-ui/core/Typography';
import { AdviceDetail, AdvisedResource } from '@headroom/plugin-cost-common';
import {
  Money,
  Notice,
  Section,
  calendarDay,
  formatDayRange,
  formatInstant,
  formatMinutes,
  formatShare,
  toMicros,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { cutOffShare, hasSetting } from './tried';
import { PlainTable } from './PlainTable';

const UNKNOWN = '\u2013';

/** A difference with its sign; nothing changes as ±0. */
function signed(difference: number, format: (size: number) => string): string {
  if (difference === 0) {
    return '\u00b10';
  }
  const sign = difference < 0 ? '\u2212' : '+';
  const size = format(Math.abs(difference));
  // Next to nothing: the sign stands before the number.
  return size.startsWith('< ') ? `< ${sign}${size.slice(2)}` : `${sign}${size}`;
}

/** Since when throttling or kills are counted, where that is not all of the days. */
function countedSince(
  { evidence, backtest }: AdviceDetail['advice'],
  resource: AdvisedResource,
) {
  const followed = evidence.followedFrom?.[resource];
  if (followed !== undefined) {
    return { why: 'backtestFollowed', from: followed } as const;
  }
  const counted = evidence.counted?.[resource];
  return counted && counted.days > 0 && counted.from !== backtest?.start
    ? ({ why: 'backtestChanged', from: counted.from } as const)
    : undefined;
}

/** What would have happened in the same days under today's setting and under the proposed one. */
export function BacktestSection(props: { detail: AdviceDetail }) {
  const { detail } = props;
  const { currency, timezone, advice } = detail;
  const { backtest } = advice;
  const { t } = useCostTranslation();
  if (!backtest) {
    return (
      <Section title={t('advice.detail.backtest')}>
        <Typography variant="body2">
          {t('advice.detail.backtestNone')}
        </Typography>
      </Section>
    );
  }
  const { current, proposed, dayAhead } = backtest;
  const compared = hasSetting(advice);
  const countsMemory = advice.evidence.counted?.memory.days !== 0;
  const cutOff = cutOffShare(advice);
  const columns = <T,>(cells: T[]) => (compared ? cells : cells.slice(0, 1));
  const numbers = (
    part: 'throttledMinutes' | 'throttledShare' | 'oomKills',
    format: (value: number) => string,
  ) => ({
    name: t(`advice.detail.${part}`),
    cells: columns(
      // Without a sample it is not known how often it was short of CPU.
      (part === 'oomKills' ? countsMemory : advice.cpu.usage)
        ? [
            format(current[part]),
            format(proposed[part]),
            signed(proposed[part] - current[part], format),
          ]
        : [UNKNOWN, UNKNOWN, UNKNOWN],
    ),
  });
  const costNow = toMicros(current.costMicros);
  const costProposed = toMicros(proposed.costMicros);
  return (
    <Section
      title={t('advice.detail.backtest')}
      subtitle={t(
        `advice.detail.${compared ? 'backtestSubtitle' : 'backtestNow'}`,
        {
          window: formatDayRange(
            calendarDay(backtest.start, timezone),
            calendarDay(backtest.end, timezone),
          ),
          days: t('advice.dayCount', { count: backtest.days }),
        },
      )}
    >
      <PlainTable
        label={t('advice.detail.backtestLabel')}
        head={[
          t('advice.detail.outcome'),
          ...columns([
            t('advice.detail.now'),
            t(
              advice.status === 'withheld'
                ? 'advice.detail.settingHeld'
                : 'advice.detail.proposed',
            ),
            t('advice.detail.difference'),
          ]),
        ]}
        rows={[
          numbers('throttledMinutes', formatMinutes),
          numbers('throttledShare', formatShare),
          numbers('oomKills', String),
          {
            name: t('advice.detail.cost'),
            cells: columns([
              <Money key="now" micros={costNow} currency={currency} />,
              <Money key="next" micros={costProposed} currency={currency} />,
              <Money
                key="change"
                micros={costProposed - costNow}
                currency={currency}
                change
              />,
            ]),
          },
        ]}
      />
      {cutOff !== undefined && (
        <Notice severity="info">
          {t('advice.detail.throttledCutOff', { share: formatShare(cutOff) })}
        </Notice>
      )}
      {(['cpu', 'memory'] as const).map(resource => {
        const since = countedSince(advice, resource);
        return (
          since && (
            <Typography key={resource} variant="body2" color="textSecondary">
              {t(`advice.detail.${since.why}.${resource}`, {
                from: formatInstant(since.from, timezone),
              })}
            </Typography>
          )
        );
      })}
      {dayAhead && (
        <Typography variant="body2" color="textSecondary">
          {t('advice.detail.dayAhead', {
            days: t('advice.dayCount', { count: dayAhead.days }),
            over: formatShare(dayAhead.overShare),
            slack: formatShare(dayAhead.slackShare),
          })}
        </Typography>
      )}
    </Section>
  );
}
