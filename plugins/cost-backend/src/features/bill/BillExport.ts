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
  machineKind,
  PeriodDelivery,
  SPLIT_GRAINS,
} from '../../database/BillSplitStore';
import { ScopedStores } from '../../database/ScopedStores';
import { billMonth, periodOf } from './billMonth';
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
/** Who had how much of which machine, at most 650 bytes each: some 160 MB. */
const MOST_SHARES = 250_000;
/** Machines whose ratios are kept between their rows. */
const MOST_KEPT = 1_000;
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
  const machines = await billSplits.machines(period);
  const sharesOf = await readShares(billSplits, {
    machines,
    period,
    split,
  });
  refuseTooMany(machines, sharesOf);
  const parts = new Map<readonly SplitShare[], SplitPart[]>();
  const keep = (shares: readonly SplitShare[], made: SplitPart[]) => {
    if (parts.size >= MOST_KEPT) {
      parts.clear();
    }
    parts.set(shares, made);
    return made;
  };
  return {
    period,
    deliveries,
    partsOf(machine: string): readonly SplitPart[] | undefined {
      const billed = machines.get(machine);
      if (!billed) {
        return undefined;
      }
      const shares = sharesOf(machine, billed);
      return parts.get(shares) ?? keep(shares, splitRatios(shares));
    },
  };
}

/** Of nobody: one list, so that its parts are made once. */
const NO_SHARES: readonly SplitShare[] = [];

type SharesOf = (
  machine: string,
  billed: BilledMachine,
) => readonly SplitShare[];

/** Who had a part of a machine: of it alone where that is known, else of all of its kind. */
async function readShares(
  store: ScopedStores['billSplits'],
  {
    machines,
    period,
    split,
  }: {
    machines: ReadonlyMap<string, BilledMachine>;
    period: string;
    split: BillExportQuery['split'];
  },
): Promise<SharesOf> {
  const known =
    machines.size > 0
      ? await store.machineShares(period, split, MOST_SHARES)
      : [];
  if (!known) {
    throw new ConflictError(
      `More than ${MOST_SHARES.toLocaleString(
        'en-US',
      )} parts of machines would have to be kept in memory to split this bill by ${split}${
        split === 'workload' ? '; split it by service' : ''
      }`,
    );
  }
  const ofMachines = grouped(known, ({ machine }) => machine);
  const isPooled = [...machines.keys()].some(key => !ofMachines.has(key));
  const ofKinds = grouped(
    isPooled ? await store.kindShares(period, split) : [],
    ({ kind }) => kind,
  );
  return (machine, { cluster, region, capacityType }) =>
    ofMachines.get(machine) ??
    ofKinds.get(machineKind([cluster, region, capacityType])) ??
    NO_SHARES;
}

function grouped<T extends { share: SplitShare }>(
  rows: readonly T[],
  keyOf: (row: T) => string,
): Map<string, SplitShare[]> {
  const groups = new Map<string, SplitShare[]>();
  for (const row of rows) {
    const known = groups.get(keyOf(row));
    if (known) {
      known.push(row.share);
    } else {
      groups.set(keyOf(row), [row.share]);
    }
  }
  return groups;
}

/** Before anything is written: nobody waits for a file that no disk holds. */
function refuseTooMany(
  machines: ReadonlyMap<string, BilledMachine>,
  sharesOf: SharesOf,
): void {
  let rows = 0;
  for (const [machine, billed] of machines) {
    rows += billed.charges * Math.max(1, sharesOf(machine, billed).length);
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
