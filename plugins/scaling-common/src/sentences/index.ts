export { ANNOTATION_SENTENCES } from './annotationSentences';
export { ISSUE_SENTENCES } from './issueSentences';
export { PLAN_SENTENCES, sayPlan } from './planSentences';
export { POLICY_SENTENCES, wordOrigin, wordScope } from './policySentences';
export { REPORT_SENTENCES, sayReport } from './reportSentences';
export { WINDOW_SENTENCES, wordWish } from './windowSentences';
export * from './actuatorSentences';
export * from './forgeSentences';
