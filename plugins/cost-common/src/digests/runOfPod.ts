import { ContainerHour } from '../observations/observations';

/** What a Job's controller puts behind the names of its pods: `-x7k2p`, of indexed Jobs `-3-x7k2p`. */
const POD_SUFFIX = /(-\d{1,5})?-[a-z0-9]{5}$/;

/**
 * The run a pod belongs to: the Job its source names, else the name its pod has
 * from one. Undefined for pods that aren't made to end.
 */
export function runOfPod({
  run,
  workloadKind,
  pod,
}: Pick<ContainerHour, 'run' | 'workloadKind' | 'pod'>): string | undefined {
  if (run !== undefined) {
    return run;
  }
  return workloadKind === 'Job' || workloadKind === 'CronJob'
    ? pod.replace(POD_SUFFIX, '')
    : undefined;
}
