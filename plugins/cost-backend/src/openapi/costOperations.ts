import {
  CostSettings,
  FleetCostReport,
  GpuReport,
  ServiceCostReport,
  SourcesReport,
  TeamCostReport,
  LinkedWorkloads,
  WorkloadHours,
} from '@headroom/plugin-cost-common';
import { ClusterCheckEvent } from '@headroom/common';
import { Answer, jsonOf, linesOf, Operation } from '@headroom/node';
import { linksQuery } from '../features/cost/links';
import { workloadHoursRequest } from '../features/cost/workloadHours';
import { fleetReportQuery, reportQuery } from '../core/report/ReportRequest';
import {
  clusterCheckEvent,
  costSettings,
  fleetCostReport,
  gpuReport,
  serviceCostReport,
  sourcesReport,
  teamCostReport,
  linkedWorkloads,
  workloadHours,
} from './schemas';

const SERVICE = '/v1/services/:kind/:namespace/:name';
const TEAM = '/v1/teams/:kind/:namespace/:name';

const charges: Answer = {
  type: 'csv',
  description:
    'One line per charge, with the columns of FOCUS; the lines of a day sum to what the report says of it.',
};

/** What costs, GPUs and sources are asked for. */
export const costOperations: Operation[] = [
  {
    method: 'get',
    path: '/v1/settings',
    id: 'getSettings',
    tag: 'Cost',
    summary: 'The currencies, the time zone and the unit metrics there are',
    answer: jsonOf<CostSettings>()(costSettings),
  },
  {
    method: 'get',
    path: SERVICE,
    id: 'getServiceReport',
    tag: 'Cost',
    summary: 'What one Component costs',
    query: reportQuery,
    answer: jsonOf<ServiceCostReport>()(serviceCostReport),
  },
  {
    method: 'get',
    path: `${SERVICE}/charges.csv`,
    id: 'getServiceCharges',
    tag: 'Cost',
    summary: 'The charges of one Component',
    query: reportQuery,
    answer: charges,
  },
  {
    method: 'get',
    path: TEAM,
    id: 'getTeamReport',
    tag: 'Cost',
    summary: 'What the services of a Group and of the groups below it cost',
    query: reportQuery,
    answer: jsonOf<TeamCostReport>()(teamCostReport),
  },
  {
    method: 'get',
    path: `${TEAM}/charges.csv`,
    id: 'getTeamCharges',
    tag: 'Cost',
    summary:
      'The charges of the services of a Group and of the groups below it',
    query: reportQuery,
    answer: charges,
  },
  {
    method: 'get',
    path: '/v1/fleet',
    id: 'getFleetReport',
    tag: 'Cost',
    summary: 'What everything costs that the caller may see, by one dimension',
    query: fleetReportQuery,
    answer: jsonOf<FleetCostReport>()(fleetCostReport),
  },
  {
    method: 'get',
    path: '/v1/fleet/charges.csv',
    id: 'getFleetCharges',
    tag: 'Cost',
    summary: 'The charges of everything that the caller may see',
    query: fleetReportQuery,
    answer: charges,
  },
  {
    method: 'get',
    path: `${SERVICE}/gpu`,
    id: 'getServiceGpuReport',
    tag: 'GPU',
    summary: 'Whether the GPUs of one Component work',
    query: reportQuery,
    answer: jsonOf<GpuReport>()(gpuReport),
  },
  {
    method: 'get',
    path: '/v1/fleet/gpu',
    id: 'getFleetGpuReport',
    tag: 'GPU',
    summary: 'Whether the GPUs work that the caller may see',
    query: reportQuery,
    answer: jsonOf<GpuReport>()(gpuReport),
  },
  {
    method: 'get',
    path: '/v1/links',
    id: 'getLinks',
    tag: 'Sources',
    summary:
      'Which workload is which service’s, for callers that may read all costs',
    query: linksQuery,
    answer: jsonOf<LinkedWorkloads>()(linkedWorkloads),
  },
  {
    method: 'post',
    path: '/v1/workload-hours',
    id: 'getWorkloadHours',
    tag: 'Sources',
    summary:
      'What workloads cost hour by hour, for callers that may read all costs',
    body: workloadHoursRequest,
    answer: jsonOf<WorkloadHours>()(workloadHours),
  },
  {
    method: 'get',
    path: '/v1/sources',
    id: 'getSources',
    tag: 'Sources',
    summary: 'How far each cluster is read, and what is missing',
    answer: jsonOf<SourcesReport>()(sourcesReport),
  },
  {
    method: 'post',
    path: '/v1/sources/:cluster/check',
    id: 'checkCluster',
    tag: 'Sources',
    summary:
      'Checks whether the figures of a cluster will be right; leaving stops it',
    answer: linesOf<ClusterCheckEvent>()(clusterCheckEvent),
  },
];
