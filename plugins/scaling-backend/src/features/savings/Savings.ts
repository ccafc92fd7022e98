import {
  MeasuredSaving,
  SavingRow,
  SavingsReport,
  SavingsSummary,
  sumSavings,
  wordSaving,
} from '@headroom/plugin-scaling-common';
import { Sight } from '../../core/Sight';
import { SavingStore, StoredSaving } from '../../database/SavingStore';

/** Which rows; absent = all. */
export interface SavingsFilter {
  cluster?: string;
  namespace?: string;
  policyId?: string;
  entityRef?: string;
  text?: string;
  /** Rows to leave out, and to answer with. */
  offset: number;
  limit: number;
}

/** What was saved, as far as a caller may see. */
export class Savings {
  readonly #store: SavingStore;

  static create(options: { savings: SavingStore }): Savings {
    return new Savings(options.savings);
  }

  private constructor(store: SavingStore) {
    this.#store = store;
  }

  /** What all that is seen saved, or one entity's. */
  async summary(
    { read }: { read: Sight },
    { entityRef }: { entityRef?: string },
  ): Promise<SavingsSummary> {
    return summaryOf(await this.#seen(read, { entityRef }));
  }

  async report(sight: Sight, filter: SavingsFilter): Promise<SavingsReport> {
    const { offset, limit } = filter;
    const rows = (await this.#seen(sight, filter))
      .filter(row => matches(row, filter))
      .sort(
        (a, b) =>
          (b.measured?.saved ?? -Infinity) - (a.measured?.saved ?? -Infinity),
      );
    const page = rows.slice(offset, offset + limit);
    return {
      summary: summaryOf(rows),
      rows: page.map(toRow),
      total: rows.length,
      ...(offset + page.length < rows.length && {
        cursor: String(offset + page.length),
      }),
    };
  }

  async #seen(
    sight: Sight,
    { entityRef }: { entityRef?: string },
  ): Promise<StoredSaving[]> {
    const rows = await this.#store.list({ entityRef });
    return rows.filter(row => sight.sees(row.entityRef));
  }
}

function matches(
  row: StoredSaving,
  { cluster, namespace, policyId, text }: SavingsFilter,
): boolean {
  const [, name = ''] = row.subject.split(' ');
  return (
    (cluster === undefined || row.cluster === cluster) &&
    (namespace === undefined || name.startsWith(`${namespace}/`)) &&
    (policyId === undefined || row.policyId === policyId) &&
    (text === undefined ||
      row.subject
        .toLocaleLowerCase('en-US')
        .includes(text.toLocaleLowerCase('en-US')))
  );
}

function summaryOf(rows: readonly StoredSaving[]): SavingsSummary {
  const all = rows.flatMap(({ cluster, subject, measured }) =>
    measured
      ? [{ ...measured, workload: JSON.stringify([cluster, subject]) }]
      : [],
  );
  const currency = mostUsed(all.map(each => each.currency));
  // What was measured in another currency, before that was changed, adds up to nothing.
  const measured = all.filter(each => each.currency === currency);
  const sum = sumSavings(measured);
  return {
    ...(sum && {
      measured: toMeasured({ ...sum, currency: measured[0].currency }),
      baseline: micros(
        measured.reduce(
          (total, each) => total + each.baselinePerHour * each.hours,
          0,
        ),
      ),
    }),
    notYet: rows.length - measured.length,
    ...(rows.length === 0 && { remark: wordSaving('nothingYet') }),
  };
}

function mostUsed(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  values.forEach(value => counts.set(value, (counts.get(value) ?? 0) + 1));
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function toMeasured({
  currency,
  saved,
  low,
  high,
  hours,
}: {
  currency: string;
  saved: number;
  low: number;
  high: number;
  hours: number;
}): MeasuredSaving {
  return {
    currency,
    saved: micros(saved),
    low: micros(low),
    high: micros(high),
    hours,
  };
}

function toRow({
  measured,
  measuredAt,
  expectedPerHour,
  ...row
}: StoredSaving): SavingRow {
  return {
    ...row,
    ...(measured && {
      measured: toMeasured(measured),
      baselinePerHour: micros(measured.baselinePerHour),
    }),
    ...(expectedPerHour !== undefined && {
      expectedPerHour: micros(expectedPerHour),
    }),
  };
}

function micros(value: number): string {
  // Never `-0`.
  return BigInt(Math.round(value)).toString();
}
