import {
  ReviewAmount,
  ReviewRowFacts,
  RESOURCES,
} from '@headroom/plugin-cost-common';

/** Rows as JSON: whole numbers beyond 2^53 are text there. */
interface StoredAmount {
  micros: string;
  quantity: string;
  used?: string;
}

/** @internal */
export interface StoredRow
  extends Omit<
    ReviewRowFacts,
    'resources' | 'oneOff' | 'days' | 'savingPerMonth'
  > {
  resources: Partial<
    Record<
      (typeof RESOURCES)[number],
      { before: StoredAmount; after: StoredAmount }
    >
  >;
  oneOff: { before: string; after: string };
  days: string[];
  savingPerMonth?: string;
}

/** @internal */
export function toStored(row: ReviewRowFacts): StoredRow {
  const { resources, oneOff, days, savingPerMonth, ...rest } = row;
  return {
    ...rest,
    resources: mapped(resources, amount => ({
      micros: amount.micros.toString(),
      quantity: amount.quantity.toString(),
      ...(amount.used !== undefined && { used: amount.used.toString() }),
    })),
    oneOff: {
      before: oneOff.before.toString(),
      after: oneOff.after.toString(),
    },
    days: days.map(String),
    ...(savingPerMonth !== undefined && {
      savingPerMonth: savingPerMonth.toString(),
    }),
  };
}

/** @internal */
export function fromStored(row: StoredRow): ReviewRowFacts {
  const { resources, oneOff, days, savingPerMonth, ...rest } = row;
  return {
    ...rest,
    resources: mapped(
      resources,
      (amount): ReviewAmount => ({
        micros: BigInt(amount.micros),
        quantity: BigInt(amount.quantity),
        ...(amount.used !== undefined && { used: BigInt(amount.used) }),
      }),
    ),
    oneOff: { before: BigInt(oneOff.before), after: BigInt(oneOff.after) },
    days: days.map(BigInt),
    ...(savingPerMonth !== undefined && {
      savingPerMonth: BigInt(savingPerMonth),
    }),
  };
}

type Weeks<T> = Partial<
  Record<(typeof RESOURCES)[number], { before: T; after: T }>
>;

function mapped<A, B>(resources: Weeks<A>, to: (amount: A) => B): Weeks<B> {
  return Object.fromEntries(
    Object.entries(resources).map(([resource, { before, after }]) => [
      resource,
      { before: to(before), after: to(after) },
    ]),
  );
}
