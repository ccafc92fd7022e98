import { jsonOf, Operation } from '@headroom/node';
import {
  BillPayers,
  BillReport,
  EntityBillReport,
} from '@headroom/plugin-cost-common';
import { billExportQuery } from '../features/bill/BillExport';
import { billPayersQuery, billQuery } from '../features/bill/billRequest';
import { entityBillQuery } from '../features/bill/EntityBills';
import { billPayers, billReport, entityBillReport } from './schemas';

/** What providers bill. */
export const billOperations: Operation[] = [
  {
    method: 'get',
    path: '/v1/bill',
    id: 'getBill',
    tag: 'Cost',
    summary: 'What providers bill for a month, and how much of it is allocated',
    query: billQuery,
    answer: jsonOf<BillReport>()(billReport),
  },
  {
    method: 'get',
    path: '/v1/bill/payers',
    id: 'getBillPayers',
    tag: 'Cost',
    summary: 'Who pays how much of what providers bill for a month',
    query: billPayersQuery,
    answer: jsonOf<BillPayers>()(billPayers),
  },
  {
    method: 'get',
    path: '/v1/services/:kind/:namespace/:name/bill',
    id: 'getEntityBill',
    tag: 'Cost',
    summary: 'What providers bill of one entity’s own',
    query: entityBillQuery,
    answer: jsonOf<EntityBillReport>()(entityBillReport),
  },
  {
    method: 'get',
    path: '/v1/bill/charges.csv',
    id: 'getBillCharges',
    tag: 'Cost',
    summary:
      'The rows of a month’s bill, with charges of nodes replaced by what they are allocated to',
    query: billExportQuery,
    answer: {
      type: 'csv',
      description:
        'One line per charge, with the columns of the provider’s export and those in which FOCUS 1.3 has data of which a part is allocated; the parts of a charge sum to it to the last digit.',
    },
  },
];
