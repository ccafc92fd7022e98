import { jsonOf, Operation } from '@headroom/node';
import { CompletionReport } from '@headroom/plugin-cost-common';
import { completion } from './schemas';

/** What was reached against a baseline. */
export const completionOperations: Operation[] = [
  {
    method: 'get',
    path: '/v1/completion',
    id: 'getCompletion',
    tag: 'Reviews',
    summary:
      'What everything that the caller may see costs now against a baseline, and whether services are as good as they were',
    answer: jsonOf<CompletionReport>()(completion),
  },
];
