import { WorkloadFacts } from '@headroom/common';
import { builtInPriceBook } from '../../prices/builtInPriceBook';
import { PriceBookPart } from '../../prices/types';
import { GuardCosts } from '../GuardCosts';
import { GuardedPart, GuardedReplicas } from '../GuardedPart';
import { GuardPolicyInput, guardPolicySchema } from '../guardPolicy';
import { GuardPrices } from '../priceGuardedPart';

const GIB = 2 ** 30;

/** A core for 0.04 and a GiB for 0.005 an hour. */
export function bookOf(more: PriceBookPart = {}): GuardPrices {
  return {
    isOffline: true,
    prices: {
      cluster: 'the price book',
      currency: 'USD',
      days: 0,
      pools: [],
      books: {
        config: {
          unitPrices: {
            'on-demand': { cpuCoreHour: '0.04', memoryGibHour: '0.005' },
          },
          ...more,
        },
        builtIn: builtInPriceBook,
      },
    },
  };
}

/** One replica costs 18.25 a month by {@link bookOf}: half a core and a GiB. */
export function web(
  replicas: Partial<GuardedReplicas> = {},
  more: Partial<WorkloadFacts> = {},
): Extract<GuardedPart, { type: 'workload' }> {
  return {
    type: 'workload',
    facts: {
      namespace: 'shop',
      kind: 'Deployment',
      name: 'web',
      uid: '',
      containers: [
        {
          name: 'app',
          role: 'main',
          spec: { cpuRequestCores: 0.5, memoryRequestBytes: GIB },
        },
      ],
      ...more,
    },
    replicas: { min: 2, max: 2, ...replicas },
    unknown: [],
  };
}

export function policyOf(input: Partial<GuardPolicyInput> = {}) {
  return guardPolicySchema.parse(input);
}

/** What costs so much before and after, all of it known. */
export function costsOf(
  before: bigint | undefined,
  after: bigint,
  more: Partial<GuardCosts> = {},
): GuardCosts {
  const both = (micros: bigint) => ({ min: micros, max: micros });
  const side = (micros: bigint) => ({ monthly: both(micros), unknown: [] });
  return {
    source: 'manifests',
    currency: 'USD',
    rows: [
      {
        name: 'Deployment shop/web',
        status: 'changed',
        after: side(after),
        ...(before !== undefined && {
          before: side(before),
          difference: both(after - before),
        }),
      },
    ],
    after: both(after),
    ...(before !== undefined && {
      before: both(before),
      difference: both(after - before),
    }),
    unknown: [],
    unknownCount: 0,
    differenceOpen: { above: false, below: before === undefined },
    beforeOpen: false,
    afterOpen: false,
    remarks: [],
    ...more,
  };
}
