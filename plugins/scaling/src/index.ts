/**
 * What is in force on the workloads of every service and why, what comes next,
 * what waits for a yes, and what was saved, in Backstage.
 *
 * The default export is the plugin for the new frontend system; portals on the
 * legacy one use `@headroom/plugin-scaling/legacy`.
 *
 * @packageDocumentation
 */
export { scalingPlugin as default } from './plugin';
export { estimatesApiRef, scalingApiRef } from './api';
export type { EstimatesApi } from './api';
export { scalingTranslationRef } from './translation';
