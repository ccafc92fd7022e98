import { BillNotes } from '@headroom/plugin-cost-node';

/** A billing month as it was asked for last. */
export interface AskedMonth {
  version: string;
  /** ISO 8601 UTC. */
  at: string;
  /** What was asked for; another one when the configuration is. */
  of: string;
  /** All of it came; else it is asked for again soon. */
  isRead?: boolean;
  /** AWS says that amounts may change. */
  estimated?: boolean;
}

/** What is known of Cost Explorer from one turn to the next. */
export interface Remembered {
  /** By month, `YYYY-MM`. */
  months: Record<string, AskedMonth>;
  /** Requests of the newest month with some. */
  requests: { month: string; count: number };
}

/** What {@link ExplorerMemory} says beside the bill, of what it holds. */
export type Remarks = (remembered: Remembered) => string[];

/** Keeps it where the cost back end keeps what sources remember. */
export class ExplorerMemory {
  readonly #notes: BillNotes;
  readonly #remarks: Remarks;
  readonly state: Remembered;

  static async load(options: {
    notes: BillNotes;
    remarks: Remarks;
  }): Promise<ExplorerMemory> {
    return new ExplorerMemory(options, parse(await options.notes.read()));
  }

  private constructor(
    { notes, remarks }: { notes: BillNotes; remarks: Remarks },
    state: Remembered,
  ) {
    this.#notes = notes;
    this.#remarks = remarks;
    this.state = state;
  }

  async save(): Promise<void> {
    await this.#notes.write(this.state, this.#remarks(this.state));
  }
}

/** What can't be read was written by another version, and is as good as nothing but for requests. */
function parse(value: unknown): Remembered {
  const { months, requests } = asRecord(value);
  const { month, count } = asRecord(requests);
  const read: Remembered = {
    months: {},
    requests:
      typeof month === 'string' && typeof count === 'number'
        ? { month, count }
        : { month: '', count: 0 },
  };
  for (const [name, of] of Object.entries(asRecord(months))) {
    const { version, at, of: asked, isRead, estimated } = asRecord(of);
    if (
      typeof version === 'string' &&
      typeof at === 'string' &&
      typeof asked === 'string'
    ) {
      read.months[name] = {
        version,
        at,
        of: asked,
        ...(typeof isRead === 'boolean' && { isRead }),
        ...(typeof estimated === 'boolean' && { estimated }),
      };
    }
  }
  return read;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}
