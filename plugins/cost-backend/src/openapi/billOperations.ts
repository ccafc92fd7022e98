import { jsonOf, Operation } from '@headroom/node';
import { BillReport } from '@headroom/plugin-cost-common';
import { billQuery } from '../features/bill/Bills';
import { billReport } from './schemas';

/** What providers bill. */
export const billOperations: Operation[] = [
  {
    method: 'get',
    path: '/v1/bill',
    id: 'getBill',
    tag: 'Cost',
    summary: 'What providers bill for a month, and who pays for it',
    query: billQuery,
    answer: jsonOf<BillReport>()(billReport),
  },
];
