import { PolicyView, ScalingApi } from '@headroom/plugin-scaling-common';

/** The policy of an id, as the list has it; undefined = there is none that the reader may see. */
export async function findPolicy(
  api: ScalingApi,
  id: string,
  signal: AbortSignal,
): Promise<PolicyView | undefined> {
  const { rows } = await api.getPolicies(
    { policyId: id, limit: 1 },
    { signal },
  );
  return rows.find(({ policy }) => policy.id === id);
}
