import { jsonOf, Operation } from '@headroom/node';
import { CostRulesReport } from '@headroom/plugin-cost-common';
import { rulesReport } from './schemas';

/** What hours are judged by, and what is over it. */
export const ruleOperations: Operation[] = [
  {
    method: 'get',
    path: '/v1/rules',
    id: 'getCostRules',
    tag: 'Rules',
    summary:
      'Rules of the configuration, and which services, teams and clusters are over them now, as far as all of their cost is the caller’s',
    answer: jsonOf<CostRulesReport>()(rulesReport),
  },
];
