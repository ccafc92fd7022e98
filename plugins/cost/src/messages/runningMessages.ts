import {
  ESTIMATE_SENTENCES,
  RUNNING_SENTENCES,
} from '@headroom/plugin-cost-common';

/** Catalogues of what the back end says of what runs. */
export const RUNNING_CATALOGUES = {
  running: RUNNING_SENTENCES,
  estimate: ESTIMATE_SENTENCES,
} as const;

/** Strings of what runs now. */
export const runningMessages = {
  title: 'Running now',
  about_one: 'Running now: about {{month}} a month at {{count}} replica.',
  about_other: 'Running now: about {{month}} a month at {{count}} replicas.',
  least_one: 'Running now: at least {{month}} a month at {{count}} replica.',
  least_other: 'Running now: at least {{month}} a month at {{count}} replicas.',
  unknown: 'Running now: what it costs is not known yet.',
  nothing: 'No replica of it runs now, so it costs nothing at the moment.',
  anHour: 'That is {{hour}} an hour.',
  measuredFrom: 'The first measured hour comes in after {{time}}.',
  helpUnmeasured:
    'This is what its pods request now, at what the capacity of their cluster costs, as the form for a new service reckons. Once an hour is measured, measured figures stand here instead.',
  helpUnprojected:
    'This is what its pods request now, at what the capacity of their cluster costs. It stands here until there is a projection.',
  workloads: 'What runs now',
  workload: 'Workload',
  where: 'Cluster and namespace',
  replicas: 'Replicas',
  hourly: 'An hour',
  monthly: 'A month',
  monthlyHint:
    'A month of 730 hours at the present replicas, all of them running all the time',
  prices: 'The prices',
  simulated: 'Some of it runs in a simulation.',
  notLinkedYet:
    'A service that was just created is linked as soon as its workloads run. This page looks again by itself every 10 seconds for a quarter of an hour.',
  notReadYet:
    'The service was not read from the catalog yet. One that is new is read within minutes, and its cost is here then.',
  said: RUNNING_CATALOGUES,
} as const;
