import { ProblemLog } from '@headroom/common';
import { VolumeHour } from '../observations/observations';

/** Says of a volume that it costs nothing here, and why. */
export function reportUnpriced(
  { namespace, claim, storageClass, backing }: VolumeHour,
  problems: ProblemLog,
): void {
  const subject = namespace ? `${namespace}/${claim}` : claim;
  if (backing === 'node') {
    problems.add(
      'info',
      'volume-of-node',
      subject,
      () =>
        `Volume ${subject} is on its node's own disk, which is in the node's price, so it costs nothing beside it.`,
    );
    return;
  }
  const of = storageClass ? ` ${storageClass}` : '';
  problems.add(
    'warning',
    'volume-unpriced',
    subject,
    () =>
      `Volume ${subject} is a shared file system or a bucket, or larger than any disk, so its size is not what is paid for and it costs nothing here. A price of its storage class${of} under headroom.prices.storageClasses says what it costs.`,
  );
}
