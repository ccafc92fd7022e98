import { Feature } from '../../core/Feature';
import { Notices } from '../../core/Notices';

/** Notices that were not taken the first time are sent again. */
export function createNoticesFeature({
  notices,
}: {
  notices: Notices;
}): Feature {
  return {
    tasks: [
      {
        id: 'scaling-notices',
        schedule: {
          frequency: { minutes: 1 },
          timeout: { minutes: 5 },
          initialDelay: { seconds: 30 },
        },
        run: () => notices.deliver(),
      },
    ],
  };
}
