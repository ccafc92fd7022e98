import { SavingsSummary } from '@headroom/plugin-scaling-common';
import { Sight } from './Sight';

/** What was saved, as far as a caller sees it. */
export interface SavingsSource {
  /** `entityRef`: of one service; absent = of all that the caller sees */
  summary(
    caller: { read: Sight },
    of: { entityRef?: string },
  ): Promise<SavingsSummary>;
}
