import { saidPart, sayActing, targetKey } from '@headroom/common';
import { Guard } from './Guard';
import { takesCapacity } from './direction';

/** Fewer replicas than somebody says must run are not left. */
export const minimumReplicas: Guard = ({ asked: { action }, world }) => {
  const minimum = world.targets.get(targetKey(action.target))?.minimumReplicas;
  const { replicasAfter: after } = action;
  return minimum &&
    after !== undefined &&
    after < minimum.replicas &&
    takesCapacity(action)
    ? [
        {
          guard: 'minimum-replicas',
          reason: sayActing('minimumReplicas', {
            after,
            least: minimum.replicas,
            because: saidPart(minimum.because),
          }),
        },
      ]
    : [];
};
