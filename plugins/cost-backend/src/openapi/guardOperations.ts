import { jsonOf, Operation } from '@headroom/node';
import {
  GuardReport,
  guardOverrideSchema,
  guardRequestSchema,
  SavedGuardOverride,
} from '@headroom/plugin-cost-common';
import { guardReport, savedGuardOverride } from './schemas';

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
  {
    method: 'post',
    path: '/v1/guard/overrides',
    id: 'addGuardOverride',
    tag: 'Guard',
    summary:
      'Lets a change pass that is denied, until an instant; for users only',
    body: guardOverrideSchema,
    answer: jsonOf<SavedGuardOverride>()(savedGuardOverride),
  },
];
