import { Fence, textArray } from '@headroom/node';
import { FoldedItem } from '@headroom/plugin-cost-common';
import { BillNotes } from '@headroom/plugin-cost-node';
import { Knex } from 'knex';
import {
  forgiveIn,
  NO_FAILURE,
  putStaged,
  removeDeliveries,
} from './billDeliveries';
import { keepRestatementsOf } from './billRestatements';
import { createBillStage, stageBill } from './billStage';
import {
  BillMonth,
  dropWaiting,
  isStagedOf,
  keepStaged,
  monthsOf,
  monthsWaiting,
  stageWaiting,
} from './billWaiting';

/** A delivery that was imported, or could not be. */
export interface StoredDelivery {
  name: string;
  /** What its rows are of; absent when none was ever imported. */
  version?: string;
  /** A version that can't be read, whatever is tried, or is not to be asked for again. */
  failedVersion?: string;
  /** A version that was read, and does not count before others are read as well. */
  waitingVersion?: string;
}

/** Charges of bills, by the delivery they came in. */
export class BillStore {
  readonly #knex: Knex;
  readonly #fence: Fence;

  static create(options: { knex: Knex; fence: Fence }) {
    return new BillStore(options);
  }

  private constructor({ knex, fence }: { knex: Knex; fence: Fence }) {
    this.#knex = knex;
    this.#fence = fence;
  }

  async deliveries(source: string): Promise<StoredDelivery[]> {
    const { rows } = await this.#knex.raw(
      `SELECT name, v.version, v.failed_version AS "failedVersion", w.version AS "waitingVersion"
       FROM (SELECT * FROM cost_bill_deliveries WHERE source = ?) v
       FULL JOIN (SELECT * FROM cost_bill_waiting WHERE source = ?) w USING (name) ORDER BY name`,
      [source, source],
    );
    return rows.map(
      ({
        name,
        version,
        failedVersion,
        waitingVersion,
      }: Record<keyof StoredDelivery, string | null> & { name: string }) => ({
        name,
        ...(version !== null && { version }),
        ...(failedVersion !== null && { failedVersion }),
        ...(waitingVersion !== null && { waitingVersion }),
      }),
    );
  }

  /**
   * Replaces what a delivery holds by pieces that are read while they are written,
   * however long the next one takes. When reading fails, what it held before stays.
   *
   * @param changing - others that are gone, or about to hold something else: charges of
   * an account and period that they have may be theirs, and wait for {@link swap}.
   * @returns how many charges it is now; undefined when they wait.
   */
  async replace(
    source: string,
    { name, version }: { name: string; version: string },
    pieces: AsyncIterable<readonly FoldedItem[]>,
    at: Date,
    changing: readonly string[] = [],
  ): Promise<number | undefined> {
    const reading = pieces[Symbol.asyncIterator]();
    try {
      // Before there is a transaction: most deliveries are one piece, and hold none open.
      const first = await reading.next();
      return await this.#knex.transaction(async tx => {
        await withoutIdleLimit(tx, async () => {
          await createBillStage(tx);
          for (let next = first; !next.done; next = await reading.next()) {
            await stageBill(tx, next.value);
          }
        });
        await this.#fence.guard(tx);
        if (await isStagedOf(tx, source, changing)) {
          await keepStaged(tx, source, { name, version, readAt: at });
          await forgiveIn(tx, source, [name]);
          return undefined;
        }
        return putStaged(tx, source, { name, version }, at);
      });
    } finally {
      await reading.return?.();
    }
  }

  /** What waits takes the place of what it is instead of, and of what is gone. */
  async swap(
    source: string,
    { put, remove }: { put: readonly string[]; remove: readonly string[] },
  ): Promise<void> {
    if (put.length + remove.length > 0) {
      await this.#fence.write(this.#knex, async tx => {
        // First, so that items which stay keep whose they are.
        for (const name of put) {
          const waiting = await stageWaiting(tx, source, name);
          await putStaged(tx, source, waiting, waiting.readAt);
        }
        await removeDeliveries(tx, source, remove);
      });
    }
  }

  /** Billing accounts and periods of what counts of some deliveries. */
  async monthsOf(
    source: string,
    names: readonly string[],
  ): Promise<BillMonth[]> {
    return monthsOf(this.#knex, source, names);
  }

  /** Billing accounts and periods of what waits of some deliveries. */
  async monthsWaiting(
    source: string,
    names: readonly string[],
  ): Promise<BillMonth[]> {
    return monthsWaiting(this.#knex, source, names);
  }

  /** Forgets what waits and is none of these. */
  async keepWaiting(source: string, names: readonly string[]): Promise<void> {
    const others = await this.#knex('cost_bill_waiting')
      .where({ source })
      .whereNotIn('name', [...names])
      .pluck('name');
    if (others.length > 0) {
      await this.#fence.write(this.#knex, tx =>
        dropWaiting(tx, source, others),
      );
    }
  }

  /** Records that a version was asked for, and is not to be again. What the delivery held stays. */
  async begin(
    source: string,
    { name, version }: { name: string; version: string },
  ): Promise<void> {
    await this.#fence.write(this.#knex, async tx => {
      await tx.raw(
        `INSERT INTO cost_bill_deliveries (source, name, failed_version) VALUES (?, ?, ?)
         ON CONFLICT (source, name) DO UPDATE SET failed_version = excluded.failed_version,
           problem = NULL, failed_at = NULL`,
        [source, name, version],
      );
    });
  }

  /** Records why what was begun in an earlier turn is not there. */
  async failBegun(source: string, problem: string, at: Date): Promise<void> {
    await this.#fence.write(this.#knex, async tx => {
      await tx('cost_bill_deliveries')
        .where({ source, problem: null })
        .whereNotNull('failed_version')
        .update({ problem, failed_at: at });
    });
  }

  /** Records that a version can't be read, and why. What the delivery held stays. */
  async fail(
    source: string,
    { name, version }: { name: string; version: string },
    problem: string,
    at: Date,
  ): Promise<void> {
    await this.#fence.write(this.#knex, async tx => {
      await tx.raw(
        `INSERT INTO cost_bill_deliveries (source, name, failed_version, problem, failed_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (source, name) DO UPDATE SET failed_version = excluded.failed_version,
           problem = excluded.problem, failed_at = excluded.failed_at`,
        [source, name, version, problem, at],
      );
    });
  }

  /** Gives deliveries that lie elsewhere by now their new names, which hold nothing or are left. */
  async rename(
    source: string,
    moves: ReadonlyArray<{ from: string; to: string }>,
  ): Promise<void> {
    if (moves.length === 0) {
      return;
    }
    const left = new Set(moves.map(({ from }) => from));
    const reached = moves.map(({ to }) => to);
    await this.#fence.write(this.#knex, async tx => {
      await tx('cost_bill_deliveries')
        .where({ source })
        .whereIn(
          'name',
          reached.filter(name => !left.has(name)),
        )
        .delete();
      // By a name that nobody has, as some may change theirs for each other's.
      const { rows } = await tx.raw(
        `UPDATE cost_bill_deliveries v SET name = gen_random_uuid()::text
         FROM unnest(?::text[], ?::text[]) AS m (name, next)
         WHERE v.source = ? AND v.name = m.name RETURNING v.id, m.next`,
        [textArray([...left]), textArray(reached), source],
      );
      for (const { id, next } of rows) {
        await tx('cost_bill_deliveries')
          .where({ id })
          .update({ name: next, ...NO_FAILURE });
      }
    });
  }

  /** What could not be read is no more; what was read before is what there is again. */
  async forgive(source: string, names: readonly string[]): Promise<void> {
    if (names.length > 0) {
      await this.#fence.write(this.#knex, tx => forgiveIn(tx, source, names));
    }
  }

  /** Removes deliveries with all they hold. */
  async remove(source: string, names: readonly string[]): Promise<void> {
    if (names.length === 0) {
      return;
    }
    await this.#fence.write(this.#knex, tx =>
      removeDeliveries(tx, source, names),
    );
  }

  /** What a source keeps for itself, and says beside the bill. */
  notesOf(source: string): BillNotes {
    return {
      read: async () => {
        const row = await this.#knex('cost_bill_notes')
          .where({ source })
          .first('memory');
        return row?.memory;
      },
      write: (memory, remarks) =>
        this.#fence.write(this.#knex, async tx => {
          await tx.raw(
            `INSERT INTO cost_bill_notes (source, memory, remarks) VALUES (?, ?::jsonb, ?::jsonb)
             ON CONFLICT (source) DO UPDATE SET memory = excluded.memory, remarks = excluded.remarks`,
            [source, JSON.stringify(memory), JSON.stringify(remarks)],
          );
        }),
    };
  }

  /** First days of the billing periods of which others than a source have charges of some accounts. */
  async periodsOfOthers(
    source: string,
    billingAccounts: readonly string[],
  ): Promise<Set<string>> {
    const accounts = textArray([...billingAccounts]);
    const { rows } = await this.#knex.raw(
      `SELECT p.period::text FROM (
         SELECT DISTINCT period FROM cost_bill_items WHERE billing_account = ANY (?::text[])
       ) p WHERE EXISTS (
         SELECT 1 FROM cost_bill_items i
         JOIN cost_bill_days d ON d.item_id = i.id
         JOIN cost_bill_deliveries v ON v.id = d.delivery_id
         WHERE i.period = p.period AND i.billing_account = ANY (?::text[]) AND v.source <> ?
       )`,
      [accounts, accounts, source],
    );
    return new Set(rows.map(({ period }: { period: string }) => period));
  }

  /** Removes the deliveries of a source of which others have all periods of some accounts. */
  async removeCovered(
    source: string,
    billingAccounts: readonly string[],
    covered: ReadonlySet<string>,
  ): Promise<void> {
    const { rows } = await this.#knex.raw(
      `SELECT v.name FROM cost_bill_deliveries v
       JOIN cost_bill_days d ON d.delivery_id = v.id JOIN cost_bill_items i ON i.id = d.item_id
       WHERE v.source = ? GROUP BY v.name
       HAVING bool_and(i.billing_account = ANY (?::text[]) AND i.period::text = ANY (?::text[]))`,
      [source, textArray([...billingAccounts]), textArray([...covered])],
    );
    await this.remove(
      source,
      rows.map(({ name }: { name: string }) => name),
    );
  }

  /** Removes all of sources that are not configured any more. */
  async keepOnly(sources: readonly string[]): Promise<void> {
    await this.#fence.write(this.#knex, async tx => {
      // What it keeps for itself stays: it may come back.
      await tx.raw(
        "UPDATE cost_bill_notes SET remarks = '[]' WHERE source <> ALL (?::text[]) AND remarks <> '[]'",
        [textArray([...sources])],
      );
      await keepRestatementsOf(tx, sources);
    });
    const kept = textArray([...sources]);
    const { rows } = await this.#knex.raw(
      `SELECT source, name FROM cost_bill_deliveries WHERE source <> ALL (?::text[])
       UNION SELECT source, name FROM cost_bill_waiting WHERE source <> ALL (?::text[])`,
      [kept, kept],
    );
    for (const { source, name } of rows) {
      await this.remove(source, [name]);
    }
  }
}

/**
 * Work that waits for others in a transaction. It holds no lock that anybody waits
 * for; what comes after it may, so the limit is there again.
 */
async function withoutIdleLimit(
  tx: Knex,
  work: () => Promise<void>,
): Promise<void> {
  const setting = 'idle_in_transaction_session_timeout';
  const {
    rows: [{ limit }],
  } = await tx.raw('SELECT current_setting(?) AS limit', [setting]);
  await tx.raw("SELECT set_config(?, '0', true)", [setting]);
  await work();
  await tx.raw('SELECT set_config(?, ?, true)', [setting, limit]);
}
