import { BillCharge, FocusRow } from '@headroom/plugin-cost-common';

/**
 * A part of a bill that is always delivered whole: what is delivered under the
 * same name later replaces it. A billing period that grows or is restated is
 * one delivery with another version.
 *
 * @public
 */
export interface BillDelivery {
  /** The same from one listing to the next, e.g. `focus/data/BILLING_PERIOD=2026-11`. */
  name: string;
  /**
   * Another one whenever the content may be another. Two deliveries of one source
   * with the same version are the same charges delivered twice, and count once.
   */
  version: string;
}

/**
 * What a source keeps from one turn to the next, also when the back end is started
 * anew or another replica has the turn.
 *
 * @public
 */
export interface BillNotes {
  /** What was written last; undefined = nothing was. */
  read(): Promise<unknown>;
  /** Replaces it. `remarks` are whole sentences that are shown beside the bill. */
  write(memory: object, remarks: readonly string[]): Promise<void>;
}

/** @public */
export interface BillTurn {
  notes: BillNotes;
  /**
   * First days of the billing periods that sources of more detail have of the
   * accounts of `givesWayFor`: what is listed of them would count twice.
   */
  covered: ReadonlySet<string>;
  /**
   * Names of the deliveries whose last version that was asked for is not stored: it
   * could not be read or written, or that was interrupted.
   */
  unread: ReadonlySet<string>;
}

/** @public */
export interface BillReading {
  /** Keys of the tags that charges are to keep. */
  tags: readonly string[];
  /** Aborted when the task's time is up. */
  signal: AbortSignal;
  notes: BillNotes;
}

/**
 * A delivery as its provider wrote it, row by row: for what Headroom does not keep of
 * charges, such as SKUs, unit prices and quantities.
 *
 * @public
 */
export interface BillTable {
  /** Names of all columns that any row has. */
  readonly columns: readonly string[];
  /** Rows in pieces of a few thousand, with values in the order of `columns`. */
  rows(signal: AbortSignal): AsyncIterable<FocusRow[]>;
  /** Frees what it holds, such as files that were fetched. */
  close(): Promise<void>;
}

/**
 * Where a provider's bill comes from.
 *
 * @public
 */
export interface BillSource {
  /** Kebab-case, e.g. `aws`; shown beside figures. */
  readonly id: string;
  /** What it says is made up and is labelled so. */
  readonly simulated?: boolean;
  /**
   * Asking for charges costs money: a version is asked for once, whatever becomes of
   * the answer. When it is to be asked for again it gets another version.
   */
  readonly costly?: boolean;
  /**
   * Billing accounts of which another source may have the same charges in more
   * detail. Those count then, and `BillTurn.covered` says for which periods.
   */
  readonly givesWayFor?: readonly string[];
  /**
   * All there is. What is not listed any more no longer counts, except when
   * nothing is: that is taken for a source that can't be read.
   */
  deliveries(signal: AbortSignal, turn: BillTurn): Promise<BillDelivery[]>;
  /**
   * Charges of a delivery in pieces of a few thousand, so that a bill of any length
   * is read in bounded memory.
   *
   * @throws BillFileError, from `@headroom/plugin-cost-common`, when the content
   * can't be read: it is not asked for again before it has another version.
   */
  charges(
    delivery: BillDelivery,
    reading: BillReading,
  ): AsyncIterable<BillCharge[]>;
  /**
   * Rows of a delivery once more, for an export of the bill; any replica may ask, and
   * more than one at a time. `undefined` when there is no such delivery with that version
   * any more. Absent where charges have no rows in the columns of FOCUS.
   */
  open?(
    delivery: BillDelivery,
    signal: AbortSignal,
  ): Promise<BillTable | undefined>;
}
