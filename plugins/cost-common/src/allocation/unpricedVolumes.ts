import { ProblemLog } from '@headroom/common';
import { wordAllocation } from '../problems';
import { VolumeHour } from '../observations/observations';

/** Says of a volume that it costs nothing here, and why. */
export function reportUnpriced(
  { namespace, claim, storageClass, backing }: VolumeHour,
  problems: ProblemLog,
): void {
  const subject = namespace ? `${namespace}/${claim}` : claim;
  if (backing === 'node') {
    problems.add('info', 'volume-of-node', subject, () =>
      wordAllocation('volumeOfNode', { volume: subject }),
    );
    return;
  }
  const what = { volume: subject, key: 'headroom.prices.storageClasses' };
  problems.add('warning', 'volume-unpriced', subject, () =>
    storageClass
      ? wordAllocation('volumeOfClassUnpriced', { ...what, storageClass })
      : wordAllocation('volumeUnpriced', what),
  );
}
