import {
  ACTING_SENTENCES,
  CLUSTER_TRUST_SENTENCES,
  CONNECTION_SENTENCES,
  ENDPOINT_SENTENCES,
  PART_SENTENCES,
} from '@headroom/common';
import {
  ESTIMATE_SENTENCES,
  GUARD_SENTENCES,
} from '@headroom/plugin-cost-common';
import {
  ACTUATOR_SENTENCES,
  ANNOTATION_SENTENCES,
  FORGE_SENTENCES,
  ISSUE_SENTENCES,
  MANIFEST_SENTENCES,
  PLAN_SENTENCES,
  POLICY_SENTENCES,
  REPORT_SENTENCES,
  RIGHTSIZING_SENTENCES,
  SAVING_SENTENCES,
  STAMPING_SENTENCES,
  WINDOW_SENTENCES,
} from '@headroom/plugin-scaling-common';

/** Why a budget isn't known: all that an estimate says of the guardrail's sentences. */
const { budgetProblem, budgetOwnerUnknown, budgetCurrency } = GUARD_SENTENCES;
const guard = {
  budgetProblem,
  budgetOwnerUnknown,
  budgetCurrency,
  // Here the caller is the reader.
  budgetHidden: 'you may not see all that the budgets of {{owner}} are for.',
} as const;

/** Catalogues of what the back end says, by the name that their keys begin with. */
export const SCALING_SENTENCES = {
  parts: PART_SENTENCES,
  acting: ACTING_SENTENCES,
  actuator: ACTUATOR_SENTENCES,
  clusterTrust: CLUSTER_TRUST_SENTENCES,
  connection: CONNECTION_SENTENCES,
  endpoint: ENDPOINT_SENTENCES,
  estimate: ESTIMATE_SENTENCES,
  guard,
  forge: FORGE_SENTENCES,
  rightsizing: RIGHTSIZING_SENTENCES,
  saving: SAVING_SENTENCES,
  scalingAnnotations: ANNOTATION_SENTENCES,
  scalingIssues: ISSUE_SENTENCES,
  scalingManifests: MANIFEST_SENTENCES,
  scalingPlans: PLAN_SENTENCES,
  scalingPolicies: POLICY_SENTENCES,
  scalingReports: REPORT_SENTENCES,
  scalingStamping: STAMPING_SENTENCES,
  scalingWindows: WINDOW_SENTENCES,
} as const;
