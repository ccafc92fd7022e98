/**
 * What every service, team and cluster costs, in Backstage.
 *
 * The default export is the plugin for the new frontend system; portals on the
 * legacy one use `@headroom/plugin-cost/legacy`.
 *
 * @packageDocumentation
 */
export { costPlugin as default } from './plugin';
export { costApiRef } from './api';
export { costAnomalyTranslationRef } from './anomalyTranslation';
export { costBillTranslationRef } from './billTranslation';
export { costRunningTranslationRef } from './runningTranslation';
export { costBudgetTranslationRef } from './budgetTranslation';
export { costCompletionTranslationRef } from './completionTranslation';
export { costReviewTranslationRef } from './reviewTranslation';
export { costRuleTranslationRef } from './ruleTranslation';
export { costTranslationRef } from './translation';
