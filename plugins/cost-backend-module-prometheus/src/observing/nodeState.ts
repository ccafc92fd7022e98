import { GpuNodeLayout } from '@headroom/plugin-cost-common';

/** What a node was in one hour, as its pods see it. */
export interface NodeState {
  upSeconds: number;
  gpus: GpuNodeLayout;
}
