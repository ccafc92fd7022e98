import { createConditionExports } from '@backstage/plugin-permission-node';
import { costEntityResourceRef } from '@headroom/plugin-cost-node';
import { costEntityRules } from './rules';

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: costEntityResourceRef,
  rules: costEntityRules,
});

/** Conditions on `cost.read` for permission policies. @public */
export const costConditions = conditions;

/** Makes a conditional decision on `cost.read` out of {@link costConditions}. @public */
export const createCostConditionalDecision = createConditionalDecision;
