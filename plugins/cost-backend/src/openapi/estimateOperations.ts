import {
  CostEstimate,
  estimateRequestSchema,
  RunningService,
} from '@headroom/plugin-cost-common';
import { jsonOf, Operation } from '@headroom/node';
import { runningQuery } from '../features/estimates/estimatesRouter';
import { costEstimate, runningService } from './schemas';

/** What is asked before something is created, and until it is measured. */
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
  {
    method: 'get',
    path: '/v1/services/:kind/:namespace/:name/running',
    id: 'getRunning',
    tag: 'Estimates',
    summary:
      'What runs of one Component at this moment, and what it costs as it is',
    query: runningQuery,
    answer: jsonOf<RunningService>()(runningService),
  },
];
