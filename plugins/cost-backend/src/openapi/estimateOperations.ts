import {
  CostEstimate,
  estimateRequestSchema,
} from '@headroom/plugin-cost-common';
import { jsonOf, Operation } from '@headroom/node';
import { costEstimate } from './schemas';

/** What is asked before something is created. */
export const estimateOperations: Operation[] = [
  {
    method: 'post',
    path: '/v1/estimates',
    id: 'estimate',
    tag: 'Estimates',
    summary: 'What pods that are to be created will cost a month',
    body: estimateRequestSchema,
    answer: jsonOf<CostEstimate>()(costEstimate),
  },
];
