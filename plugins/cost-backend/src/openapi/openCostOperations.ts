import { OpenCostAnswer, OpenCostSummary } from '@headroom/plugin-cost-common';
import { jsonOf, Operation } from '@headroom/node';
import { allocationQuery } from '../features/opencost/allocationQuery';
import { openCostAnswer, openCostSummary } from './schemas';

/** What tools ask an OpenCost; other than elsewhere, money is a number. */
export const openCostOperations: Operation[] = [
  {
    method: 'get',
    path: '/allocation',
    id: 'getAllocation',
    tag: 'OpenCost',
    summary: 'What was charged, as OpenCost’s /allocation answers it',
    query: allocationQuery,
    answer: jsonOf<OpenCostAnswer>()(openCostAnswer),
  },
  {
    method: 'get',
    path: '/allocation/compute',
    id: 'computeAllocation',
    tag: 'OpenCost',
    summary: 'The same, where OpenCost has it too',
    query: allocationQuery,
    answer: jsonOf<OpenCostAnswer>()(openCostAnswer),
  },
  {
    method: 'get',
    path: '/allocation/summary',
    id: 'summarizeAllocation',
    tag: 'OpenCost',
    summary: 'The same with fewer fields, as OpenCost’s /allocation/summary',
    query: allocationQuery,
    answer: jsonOf<OpenCostSummary>()(openCostSummary),
  },
];
