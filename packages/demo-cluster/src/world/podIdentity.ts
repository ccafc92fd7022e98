import { safeSuffix } from './random';
import { jobName, PodWish, Wishes } from './wishes';

/**
 * Name of a pod, and the labels its controller gives it.
 *
 * @param startHour - the hour the world starts at, counted from 1970
 */
export function podIdentity(
  wishes: Wishes,
  wish: PodWish,
  hash: number,
  startHour: number,
): { name: string; labels: Record<string, string> } {
  const { spec, ordinal, revision } = wish;
  const suffix = safeSuffix(hash, 5);
  switch (spec.kind) {
    case 'Deployment': {
      const template = wishes.templateHash(spec, revision);
      return {
        name: `${spec.name}-${template}-${suffix}`,
        labels: { 'pod-template-hash': template },
      };
    }
    case 'StatefulSet': {
      const name = `${spec.name}-${ordinal}`;
      return {
        name,
        labels: {
          'apps.kubernetes.io/pod-index': String(ordinal),
          'controller-revision-hash': `${spec.name}-${wishes.templateHash(
            spec,
            revision,
          )}`,
          'statefulset.kubernetes.io/pod-name': name,
        },
      };
    }
    case 'CronJob': {
      const job = jobName(spec, wish.runHour!, startHour);
      return {
        name: `${job}-${suffix}`,
        labels: { 'batch.kubernetes.io/job-name': job, 'job-name': job },
      };
    }
    case 'Pod':
      return { name: spec.name, labels: {} };
    default:
      return {
        name: `${spec.name}-${suffix}`,
        labels: {
          'controller-revision-hash': wishes.templateHash(spec, revision),
        },
      };
  }
}
