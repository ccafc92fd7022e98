import { sumMicros } from '@headroom/common';
import { Aggregate, AggregateRow } from './aggregateTypes';

/** The groups of an aggregation, as they fill. */
export class AggregateRows {
  readonly #rows = new Map<string, AggregateRow>();

  static create(): AggregateRows {
    return new AggregateRows();
  }

  private constructor() {}

  add(
    values: string[],
    idle: boolean,
    amounts: { own?: bigint; shared?: bigint; idle?: bigint },
  ): void {
    // A label may hold the `/` of the key, so the key does not tell rows apart.
    const id = JSON.stringify([idle, ...values]);
    let row = this.#rows.get(id);
    if (!row) {
      row = {
        key: values.join('/'),
        values: idle ? values.slice(1) : values,
        idle,
        ownMicros: 0n,
        sharedIdleMicros: 0n,
        sharedMicros: 0n,
        totalMicros: 0n,
      };
      this.#rows.set(id, row);
    }
    row.ownMicros += amounts.own ?? 0n;
    row.sharedIdleMicros += amounts.idle ?? 0n;
    row.sharedMicros += amounts.shared ?? 0n;
  }

  finish(): Aggregate {
    const rows = [...this.#rows.entries()]
      .map(([id, row]) => ({
        order: `${row.key}${id}`,
        row: {
          ...row,
          totalMicros: row.ownMicros + row.sharedIdleMicros + row.sharedMicros,
        },
      }))
      .sort((a, b) => (a.order < b.order ? -1 : 1))
      .map(({ row }) => row);
    return { rows, totalMicros: sumMicros(rows.map(row => row.totalMicros)) };
  }
}
