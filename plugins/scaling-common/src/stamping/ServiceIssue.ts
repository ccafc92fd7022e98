import { Worded } from '@headroom/common';

/** What is wrong with a service that is to be created, at the field. @public */
export interface ServiceIssue {
  /** Down from the service: `replicas.max`. */
  path: string;
  /** With an `error` nothing is rendered; a `warning` is shown. */
  severity: 'error' | 'warning';
  text: Worded;
}

export function error(path: string, text: Worded): ServiceIssue {
  return { path, severity: 'error', text };
}

export function warning(path: string, text: Worded): ServiceIssue {
  return { path, severity: 'warning', text };
}
