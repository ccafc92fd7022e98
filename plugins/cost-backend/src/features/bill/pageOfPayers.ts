import { BillPayer, BillPayerSort } from '@headroom/plugin-cost-common';
import { pageOfRows, RowKey, RowPage } from '../../core/pageOfRows';

/** Which of those who pay for a bill are wanted, in which order. */
export interface PayerRequest extends RowPage {
  /** Text in the title or the reference. */
  q?: string;
  sort: BillPayerSort;
}

/** The order that a column has when its title is pressed first. */
export function firstPayerOrder(sort: BillPayerSort): 'asc' | 'desc' {
  return sort === 'service' ? 'asc' : 'desc';
}

/** One page of those who pay for a bill, and how many there are on all. Pure. */
export function pageOfPayers(
  payers: readonly BillPayer[],
  { q, sort, ...page }: PayerRequest,
): { page: BillPayer[]; totalRows: number } {
  const wanted = q?.toLocaleLowerCase('en-US');
  const matching = payers
    .filter(
      payer =>
        wanted === undefined ||
        payer.entityRef.toLocaleLowerCase('en-US').includes(wanted) ||
        payer.title?.toLocaleLowerCase('en-US').includes(wanted),
    )
    .map(row => ({ row, key: keyOf(row, sort) }));
  return { page: pageOfRows(matching, page), totalRows: matching.length };
}

function keyOf(payer: BillPayer, sort: BillPayerSort): RowKey {
  const { entityRef, title = entityRef, machines, estimated, direct } = payer;
  switch (sort) {
    case 'service':
      return [title, entityRef];
    case 'estimated':
      return [
        estimated === undefined ? undefined : BigInt(estimated),
        entityRef,
      ];
    case 'paid':
      return [BigInt(machines) + BigInt(direct), entityRef];
    default:
      return [BigInt(payer[sort]), entityRef];
  }
}
