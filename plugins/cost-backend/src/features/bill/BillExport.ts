import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { CSV_LINE_END } from '@headroom/common';
import {
  FocusRow,
  FocusSplitter,
  SplitPart,
  splitRatios,
  SplitShare,
} from '@headroom/plugin-cost-common';
import { BillSource, BillTable } from '@headroom/plugin-cost-node';
import { once, oneOf } from '@headroom/node';
import { z } from 'zod';
import { CostScopes } from '../../core/CostScopes';
import {
  BilledMachine,
  MachineKind,
  PeriodDelivery,
  SPLIT_GRAINS,
} from '../../database/BillSplitStore';
import { ScopedStores } from '../../database/ScopedStores';
import { billMonth, daysOf, machineDaysOf, periodOf } from './billMonth';
import { BillVersion } from './BillVersion';

/** What an export of a bill can be asked for. */
export const billExportQuery = z.strictObject({
  month: billMonth.describe('Month of the billing period.'),
  split: oneOf(SPLIT_GRAINS)
    .default('service')
    .describe('What charges of nodes are allocated to.'),
  source: once
    .optional()
    .describe('Only what this source delivered; default: all of them.'),
});

type BillExportQuery = z.infer<typeof billExportQuery>;

/** Characters of a piece: rows of a node become many. */
const PIECE = 64 * 1024;
/** Rows that charges of nodes may become: some 30 GB. */
const MOST_ROWS = 50_000_000;
/** Exports that are made at once: each holds a file open, and some MB of it. */
const MOST_EXPORTS = 2;

/** @internal */
export interface BillExportOptions {
  scopes: Pick<CostScopes, 'read'>;
  sources: readonly BillSource[];
  /** Keys of tags that charges keep. */
  tags: readonly string[];
}

/** Bills as FOCUS, with charges of nodes replaced by what they are allocated to. */
export class BillExport {
  readonly #options: BillExportOptions;
  readonly #versions: BillVersion;
  #running = 0;

  static create(options: BillExportOptions) {
    return new BillExport(options);
  }

  private constructor(options: BillExportOptions) {
    this.#options = options;
    this.#versions = BillVersion.create(options);
  }

  /**
   * A month's bill, a piece at a time. Its rows are read from their source once more,
   * as they were when the bill was imported.
   *
   * @throws with the first piece: NotAllowedError unless the caller may see what
   * everything costs; NotFoundError when there is no bill of the month; ConflictError
   * when what was imported is no longer there, or would become too many rows; ServiceUnavailableError when too many
   * exports are being made.
   */
  async *csv(
    query: BillExportQuery,
    credentials: BackstageCredentials,
    signal: AbortSignal,
  ): AsyncGenerator<string> {
    if (this.#running >= MOST_EXPORTS) {
      throw new ServiceUnavailableError(
        `${MOST_EXPORTS} exports of bills are being made already; try again when one of them is done`,
      );
    }
    this.#running += 1;
    const tables: BillTable[] = [];
    try {
      const { period, deliveries, partsOf } = await this.#options.scopes.read(
        'fleet',
        credentials,
        at => readSplit(at, query),
      );
      for (const delivery of deliveries) {
        tables.push(await this.#open(delivery, signal));
      }
      yield* written(tables, { period, partsOf }, signal);
    } catch (error) {
      // Who leaves before the end wants nothing any more.
      if (!signal.aborted) {
        throw error;
      }
    } finally {
      this.#running -= 1;
      await Promise.all(tables.map(table => table.close()));
    }
  }

  async #open(
    { source: id, name, version: kept }: PeriodDelivery,
    signal: AbortSignal,
  ): Promise<BillTable> {
    const source = this.#options.sources.find(each => each.id === id);
    if (source && !source.open) {
      throw new ConflictError(
        `${id} tells sums of charges and no rows in the columns of FOCUS, so its part of the bill can't be exported; ask for the others by source`,
      );
    }
    const version = this.#versions.ofSource(kept);
    const table =
      version === undefined
        ? undefined
        : await source?.open?.({ name, version }, signal);
    if (!table) {
      throw new ConflictError(
        `${name} of ${id} is not there any more as it was imported: it was restated or moved, and is read anew in the next turn. Try again then`,
      );
    }
    return table;
  }
}

/** What is to be exported, all of it as it was at one moment. */
async function readSplit(
  { bills, billSplits }: ScopedStores,
  { month, split, source }: BillExportQuery,
) {
  const period = periodOf(month, await bills.periods());
  const deliveries = (await billSplits.deliveries(period)).filter(
    each => source === undefined || each.source === source,
  );
  if (deliveries.length === 0) {
    throw new NotFoundError(
      `The bill of ${month} has nothing that a source ${source} delivered`,
    );
  }
  const days = machineDaysOf(period, daysOf(await bills.categories(period)));
  const machines = await billSplits.machines(period);
  const shares = new Map<string, SplitShare[]>();
  if (machines.size > 0) {
    for (const { share, ...kind } of await billSplits.shares(days, split)) {
      const key = keyOf(kind);
      const known = shares.get(key);
      if (known) {
        known.push(share);
      } else {
        shares.set(key, [share]);
      }
    }
  }
  refuseTooMany(machines.values(), shares);
  const parts = new Map<string, SplitPart[]>();
  return {
    period,
    deliveries,
    partsOf(machine: string): readonly SplitPart[] | undefined {
      const kind = machines.get(machine);
      const key = kind && keyOf(kind);
      if (key !== undefined && !parts.has(key)) {
        parts.set(key, splitRatios(shares.get(key) ?? []));
      }
      return key === undefined ? undefined : parts.get(key);
    },
  };
}

/** Before anything is written: nobody waits for a file that no disk holds. */
function refuseTooMany(
  machines: Iterable<BilledMachine>,
  shares: ReadonlyMap<string, SplitShare[]>,
): void {
  let rows = 0;
  for (const machine of machines) {
    rows += machine.charges * (shares.get(keyOf(machine))?.length ?? 1);
  }
  if (rows > MOST_ROWS) {
    throw new ConflictError(
      `Charges of nodes would become ${rows.toLocaleString(
        'en-US',
      )} rows, and at most ${MOST_ROWS.toLocaleString(
        'en-US',
      )} are written; have the provider export days instead of hours, or split by service`,
    );
  }
}

function keyOf({ cluster, region, capacityType }: MachineKind): string {
  return JSON.stringify([cluster, region, capacityType]);
}

async function* written(
  tables: readonly BillTable[],
  split: {
    period: string;
    partsOf(machine: string): readonly SplitPart[] | undefined;
  },
  signal: AbortSignal,
): AsyncGenerator<string> {
  const columns = [...new Set(tables.flatMap(table => table.columns))];
  const splitter = FocusSplitter.create({
    ...split,
    file: 'The bill',
    columns,
  });
  let piece = `${splitter.header}${CSV_LINE_END}`;
  for (const table of tables) {
    const at = columns.map(name => table.columns.indexOf(name));
    for await (const rows of table.rows(signal)) {
      for (const row of rows) {
        for (const line of splitter.lines(valuesAt(row, at))) {
          piece += `${line}${CSV_LINE_END}`;
          if (piece.length >= PIECE) {
            yield piece;
            piece = '';
          }
        }
      }
    }
  }
  yield piece;
}

function valuesAt(row: FocusRow, at: readonly number[]): FocusRow {
  return at.map(index => (index < 0 ? null : row[index]));
}
