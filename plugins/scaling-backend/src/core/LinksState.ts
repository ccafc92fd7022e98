import { Worded } from '@headroom/common';

/** What this process knows of how links are read. */
export interface LinksState {
  /** Why the last reading failed; absent = it didn't. */
  problem?: Worded;
}
