import {
  AdviceDecision,
  AdviceDetail,
  AdviceReport,
} from '@headroom/plugin-cost-common';
import { Answer, jsonOf, Operation } from '@headroom/node';
import {
  adviceDetailQuery,
  decisionBody,
  fleetAdviceExportQuery,
  fleetAdviceQuery,
  serviceAdviceQuery,
} from '../features/advice/AdviceRequest';
import { adviceDecision, adviceDetail, adviceReport } from './schemas';

const SERVICE = '/v1/services/:kind/:namespace/:name/advice';
const DECISION = '/v1/advice/:id/decision';

const csv: Answer = {
  type: 'csv',
  description: 'One line per container, with what is set, proposed and saved.',
};

/** What advice is asked for, and what is decided about it. */
export const adviceOperations: Operation[] = [
  {
    method: 'get',
    path: SERVICE,
    id: 'getServiceAdvice',
    tag: 'Advice',
    summary: 'Every advice on the containers of one Component',
    query: serviceAdviceQuery,
    answer: jsonOf<AdviceReport>()(adviceReport),
  },
  {
    method: 'get',
    path: `${SERVICE}.csv`,
    id: 'getServiceAdviceCsv',
    tag: 'Advice',
    summary: 'Every advice on the containers of one Component, as CSV',
    query: serviceAdviceQuery,
    answer: csv,
  },
  {
    method: 'get',
    path: '/v1/fleet/advice',
    id: 'getFleetAdvice',
    tag: 'Advice',
    summary: 'One page of the advice that matches; totals are of all of it',
    query: fleetAdviceQuery,
    answer: jsonOf<AdviceReport>()(adviceReport),
  },
  {
    method: 'get',
    path: '/v1/fleet/advice.csv',
    id: 'getFleetAdviceCsv',
    tag: 'Advice',
    summary: 'All the advice that matches, as CSV',
    query: fleetAdviceExportQuery,
    answer: csv,
  },
  {
    method: 'get',
    path: '/v1/advice/:id',
    id: 'getAdviceDetail',
    tag: 'Advice',
    summary: 'What one advice stands on',
    query: adviceDetailQuery,
    answer: jsonOf<AdviceDetail>()(adviceDetail),
  },
  {
    method: 'put',
    path: DECISION,
    id: 'decideAdvice',
    tag: 'Advice',
    summary: 'Dismisses or snoozes an advice; for users only',
    body: decisionBody,
    answer: jsonOf<AdviceDecision>()(adviceDecision),
  },
  {
    method: 'delete',
    path: DECISION,
    id: 'undoAdviceDecision',
    tag: 'Advice',
    summary: 'Takes back what was decided about an advice; for users only',
    answer: { type: 'nothing' },
  },
];
