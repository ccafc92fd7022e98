import { PART_SENTENCES } from '@headroom/common';
import { PROMETHEUS_SENTENCES } from './problems';

/**
 * Every sentence that a back end or a source of costs says, by catalogue. Pages
 * word them from here; a portal may translate each.
 *
 * @public
 */
export const COST_SENTENCES = {
  parts: PART_SENTENCES,
  prometheus: PROMETHEUS_SENTENCES,
} as const;
