import { Operation } from '@headroom/node';
import { adviceOperations } from './adviceOperations';
import { anomalyOperations } from './anomalyOperations';
import { billOperations } from './billOperations';
import { budgetOperations } from './budgetOperations';
import { costOperations } from './costOperations';
import { estimateOperations } from './estimateOperations';
import { guardOperations } from './guardOperations';
import { openCostOperations } from './openCostOperations';
import { completionOperations } from './completionOperations';
import { reviewOperations } from './reviewOperations';
import { ruleOperations } from './ruleOperations';

/** What the document of the plugin says of itself. */
export const INFO = {
  title: 'Headroom cost',
  version: '1',
  description:
    'What services, teams and the fleet cost, whether their GPUs work, and what to change. Money is in micros as decimal strings, but under /allocation, which answers as OpenCost does; instants are ISO 8601 UTC; a member that is absent is not known.',
};

/** Everything the plugin serves. */
export const operations: Operation[] = [
  ...costOperations,
  ...adviceOperations,
  ...estimateOperations,
  ...guardOperations,
  ...billOperations,
  ...openCostOperations,
  ...budgetOperations,
  ...anomalyOperations,
  ...ruleOperations,
  ...reviewOperations,
  ...completionOperations,
];
