import { Policy, ScheduleWindow } from '@headroom/plugin-scaling-common';
import { parseHours, windowsOfHours } from './hoursOfWeek';
import { newPolicy } from './newPolicy';

/**
 * What the query of the form of a new policy may say; each may be left out:
 *
 * - `entity`: ref of the service that it is for.
 * - `workload`: `<namespace>/<kind>/<name>`, in place of the service.
 * - `cluster`: the only one in which it is.
 * - `hours`: hours of the week in which the workload is as its owner has it, and zero
 *   outside of them: `8-17,32-41`, 0 = Monday from 00:00. Empty = never.
 * - `zone`: IANA zone of these hours.
 * - `title`: of the policy.
 */
export interface PolicyPrefill {
  policy: Policy;
  /** Parameters that can't be read, by name. */
  unread: string[];
}

/** A new policy with what a query says. */
export function prefilledPolicy(
  query: URLSearchParams,
  zone: string,
): PolicyPrefill {
  const unread: string[] = [];
  const policy = newPolicy(query.get('zone') || zone);
  policy.title = query.get('title') ?? '';
  const entity = query.get('entity');
  if (entity) {
    policy.scope = { type: 'service', entityRef: entity };
  }
  const workload = query.get('workload');
  if (workload !== null) {
    const [namespace, kind, name, ...rest] = workload.split('/');
    if (namespace && kind && name && rest.length === 0) {
      policy.scope = { type: 'workload', namespace, kind, name };
    } else {
      unread.push('workload');
    }
  }
  const cluster = query.get('cluster');
  if (cluster) {
    policy.clusters = [cluster];
  }
  const hours = query.get('hours');
  if (hours !== null) {
    const read = parseHours(hours);
    if (read) {
      const windows: ScheduleWindow[] = windowsOfHours(read).map(window => ({
        ...window,
        wish: { type: 'untouched' },
      }));
      policy.schedules = [{ ...policy.schedules[0], windows }];
    } else {
      unread.push('hours');
    }
  }
  return { policy, unread };
}
