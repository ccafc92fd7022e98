import { createConditionExports } from '@backstage/plugin-permission-node';
import { scalingEntityResourceRef } from '@headroom/plugin-scaling-node';
import { scalingEntityRules } from './rules';

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: scalingEntityResourceRef,
  rules: scalingEntityRules,
});

/** Conditions on the permissions of scaling for permission policies. @public */
export const scalingConditions = conditions;

/** Makes a conditional decision on a permission of scaling out of {@link scalingConditions}. @public */
export const createScalingConditionalDecision = createConditionalDecision;
