import { jsonOf, Operation } from '@headroom/node';
import { AnomalyReport, AnomalyRow } from '@headroom/plugin-cost-common';
import { expectationBody } from '../features/anomalies/AnomalyRequest';
import { anomalyReport, anomalyRow } from './schemas';

const EXPECTATION = '/v1/anomalies/:id/expectation';

/** What cost too much, and what people say of it. */
export const anomalyOperations: Operation[] = [
  {
    method: 'get',
    path: '/v1/services/:kind/:namespace/:name/anomalies',
    id: 'getServiceAnomalies',
    tag: 'Anomalies',
    summary: 'Days on which one Component cost too much, of the last 90 days',
    answer: jsonOf<AnomalyReport>()(anomalyReport),
  },
  {
    method: 'get',
    path: '/v1/teams/:kind/:namespace/:name/anomalies',
    id: 'getTeamAnomalies',
    tag: 'Anomalies',
    summary:
      'The same of the services of a Group and the groups below it, and of the Group itself where the caller may see all of them',
    answer: jsonOf<AnomalyReport>()(anomalyReport),
  },
  {
    method: 'get',
    path: '/v1/fleet/anomalies',
    id: 'getFleetAnomalies',
    tag: 'Anomalies',
    summary: 'The same of everything that the caller may see',
    answer: jsonOf<AnomalyReport>()(anomalyReport),
  },
  {
    method: 'put',
    path: EXPECTATION,
    id: 'expectAnomaly',
    tag: 'Anomalies',
    summary: 'Says that it is expected, until a day; for users only',
    body: expectationBody,
    answer: jsonOf<AnomalyRow>()(anomalyRow),
  },
  {
    method: 'delete',
    path: EXPECTATION,
    id: 'unexpectAnomaly',
    tag: 'Anomalies',
    summary: 'Takes that back; for users only',
    answer: { type: 'nothing' },
  },
];
