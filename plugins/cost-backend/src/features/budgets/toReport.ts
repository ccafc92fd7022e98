import { daysBetween } from '@headroom/common';
import {
  BudgetBurnDownDay,
  BudgetDefinition,
  BudgetDriver,
  BudgetReport,
  burnDown,
} from '@headroom/plugin-cost-common';
import { DriverRow } from '../../database/budgets/BudgetCostStore';
import { inCurrency, Rate } from '../../core/rate';
import { EvaluatedOne } from './BudgetEvaluator';

const MOST_DRIVERS = 200;
const DAYS_OF_MONTH = 365.25 / 12;

/** What would be spent by the end if all advice were taken today: it saves on the days that are left. */
export function toAdvice(
  { evaluation, today }: Exclude<EvaluatedOne, { problem: string }>,
  perMonth: bigint,
): BudgetReport['advice'] {
  const { projection, period, spent } = evaluation;
  if (projection.status !== 'ok') {
    return { perMonth: perMonth.toString() };
  }
  const left = daysBetween(today, period.end) - 1;
  const saved = BigInt(Math.round((Number(perMonth) * left) / DAYS_OF_MONTH));
  const forecast = BigInt(projection.total) - saved;
  return {
    perMonth: perMonth.toString(),
    forecast: (forecast > spent ? forecast : spent).toString(),
  };
}

/**
 * Who spends, the dearest first, with what advice would save.
 *
 * @param rows - without `before` it is not known what was spent before
 */
export function toDrivers(
  { current, before }: { current: DriverRow[]; before?: DriverRow[] },
  advice: ReadonlyArray<{ entityRef?: string; micros: bigint }>,
  { cost }: BudgetDefinition,
  rate: Rate,
): BudgetDriver[] {
  const amount = (row: DriverRow | undefined) =>
    inCurrency(
      (cost.basis === 'allocated' && cost.idle === 'shared'
        ? row?.shared
        : row?.own) ?? 0n,
      rate,
    );
  const beforeOf = before && new Map(before.map(row => [row.entityRef, row]));
  const savingOf = new Map(
    advice.map(({ entityRef, micros }) => [entityRef, micros]),
  );
  const gone = (before ?? []).filter(
    row => !current.some(({ entityRef }) => entityRef === row.entityRef),
  );
  return [...current, ...gone.map(row => ({ ...row, own: 0n, shared: 0n }))]
    .map(row => ({ row, spent: amount(row) }))
    .sort((a, b) => Number(b.spent - a.spent))
    .slice(0, MOST_DRIVERS)
    .map(({ row, spent }) => {
      const saving = savingOf.get(row.entityRef);
      return {
        ...(row.entityRef !== undefined && { entityRef: row.entityRef }),
        ...(row.title !== undefined && { title: row.title }),
        spent: spent.toString(),
        ...(beforeOf && {
          before: amount(beforeOf.get(row.entityRef)).toString(),
        }),
        ...(saving !== undefined && {
          savingPerMonth: inCurrency(saving, rate).toString(),
        }),
      };
    });
}

/** A day of the burn-down as it goes over the wire. */
export function toPoint(
  point: ReturnType<typeof burnDown>[number],
): BudgetBurnDownDay {
  const { day, even, left, partial, forecast } = point;
  return {
    day,
    even: even.toString(),
    ...(left !== undefined && { left: left.toString() }),
    ...(partial && { partial }),
    ...(forecast && {
      forecast: {
        likely: forecast.likely.toString(),
        least: forecast.least.toString(),
        most: forecast.most.toString(),
      },
    }),
  };
}
