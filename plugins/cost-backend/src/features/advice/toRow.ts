import { AdviceRow, ContainerAdvice } from '@headroom/plugin-cost-common';
import { StoredAdviceRow } from '../../database/AdviceReportStore';
import { inCurrency, Rate } from '../../core/rate';

/** A row on the wire. */
export function toAdviceRow(stored: StoredAdviceRow, rate: Rate): AdviceRow {
  const { listMicros, realisableMicros, heldMicros, entityRef, decision } =
    stored;
  const {
    appetiteOrigin: _origin,
    appetiteProblem: _problem,
    appetiteWording: _wording,
    ...summary
  } = stored.summary;
  const money = (micros: bigint) => inCurrency(micros, rate).toString();
  return {
    id: String(stored.containerId),
    cluster: stored.cluster,
    workload: stored.workload,
    container: stored.container,
    ...(entityRef !== undefined && { entityRef }),
    status: stored.status,
    confidence: stored.confidence,
    ...(listMicros !== undefined && { listSaving: money(listMicros) }),
    ...(realisableMicros !== undefined && {
      realisableSaving: money(realisableMicros),
    }),
    ...(heldMicros !== undefined && { heldSaving: money(heldMicros) }),
    ...summary,
    ...(decision && { decision }),
  };
}

/**
 * The stored advice with its money in the currency asked for. Evidence stays as
 * it was computed with: its prices say their own currency.
 */
export function toAdvice(
  advice: ContainerAdvice,
  { realisableMicros }: Pick<StoredAdviceRow, 'realisableMicros'>,
  rate: Rate,
): ContainerAdvice {
  const { money, heldMoney, backtest } = advice;
  const micros = (text: string) => inCurrency(BigInt(text), rate).toString();
  const converted = (of: NonNullable<ContainerAdvice['money']>) => ({
    currency: rate.currency,
    listMicros: micros(of.listMicros),
  });
  return {
    ...advice,
    ...(money && {
      money: {
        ...converted(money),
        ...(realisableMicros !== undefined && {
          realisableMicros: inCurrency(realisableMicros, rate).toString(),
        }),
      },
    }),
    ...(heldMoney && { heldMoney: converted(heldMoney) }),
    ...(backtest && {
      backtest: {
        ...backtest,
        current: {
          ...backtest.current,
          costMicros: micros(backtest.current.costMicros),
        },
        proposed: {
          ...backtest.proposed,
          costMicros: micros(backtest.proposed.costMicros),
        },
      },
    }),
  };
}
