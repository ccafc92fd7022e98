import { WorkloadSpec } from './types';

/** Name of the claim of one pod of a StatefulSet with a volume. */
export function claimName(spec: WorkloadSpec, ordinal: number): string {
  return `${spec.volume?.name}-${spec.name}-${ordinal}`;
}
