import {
  CostScope,
  ReviewMover,
  REVIEW_PARTS,
} from '@headroom/plugin-cost-common';
import { DataColumn, toMicros } from '@headroom/react';
import { moneyColumn } from '../costColumns';
import { ChangeName, changeName } from './ChangeName';
import { ChangeGrouping, ChangeWords } from './ChangeWords';
import { SplitBar, splitSize } from './SplitBar';

/** A name with its change as a bar, and amounts: the change, its parts, before and after. */
export function changeColumns<Row extends ReviewMover>(options: {
  rows: readonly Row[];
  grouping: ChangeGrouping;
  words: ChangeWords;
  currency: string;
  scope: CostScope;
  isCompared: boolean;
}): DataColumn<Row>[] {
  const { rows, grouping, words, currency, scope, isCompared } = options;
  const largest = rows.map(splitSize).reduce((a, b) => (a > b ? a : b), 0n);
  const money = (
    id: string,
    title: string,
    of: (row: Row) => string | undefined,
    more: { change?: boolean; hint?: string } = {},
  ) =>
    moneyColumn<Row>({
      id,
      title,
      currency,
      micros: row => {
        const amount = of(row);
        return amount === undefined ? undefined : toMicros(amount);
      },
      ...more,
    });
  return [
    {
      id: 'name',
      title: words[grouping],
      value: row => changeName(row, words),
      render: row => (
        <>
          <ChangeName row={row} words={words} scope={scope} />
          <SplitBar row={row} largest={largest} />
        </>
      ),
    },
    ...(isCompared
      ? [
          {
            ...money('change', words.change, row => row.change, {
              change: true,
            }),
            // The largest change comes first, whichever way it went.
            value: ({ change = '0' }: Row) => sizeOf(toMicros(change)),
          },
          ...REVIEW_PARTS.map(part =>
            money(part, words.part[part], row => row.parts?.[part], {
              change: true,
              hint: words.hint[part],
            }),
          ),
          money('before', words.before, row => row.before),
        ]
      : []),
    money('after', words.after, row => row.after),
  ];
}

function sizeOf(micros: bigint): bigint {
  return micros < 0n ? -micros : micros;
}
