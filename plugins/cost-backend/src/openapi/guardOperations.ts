import { jsonOf, Operation } from '@headroom/node';
import { GuardReport, guardRequestSchema } from '@headroom/plugin-cost-common';
import { guardReport } from './schemas';

/** What is asked before a change is merged. */
export const guardOperations: Operation[] = [
  {
    method: 'post',
    path: '/v1/guard',
    id: 'guard',
    tag: 'Guard',
    summary: 'What a change costs a month, and whether a policy lets it pass',
    body: guardRequestSchema,
    answer: jsonOf<GuardReport>()(guardReport),
  },
];
