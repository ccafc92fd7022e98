import { ESTIMATED_RESOURCES } from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { estimatedBudget } from './budgetLeft';
import { workloadRef } from './workloads';
import { capacityType, micros, said } from './shared';

const estimatedResource = z
  .enum(ESTIMATED_RESOURCES)
  .meta({ id: 'EstimatedResource' });

export const monthlyRange = z.object({ min: micros, max: micros }).meta({
  id: 'MonthlyRange',
  description:
    'A month with the fewest replicas all the time, and one with the most.',
});

const estimatePrice = z
  .object({
    resource: estimatedResource,
    unit: z.enum(['core-hour', 'GiB-hour', 'device-hour']),
    price: z
      .string()
      .describe('Decimal with nine digits, in the currency of the estimate.'),
    capacityType,
    kind: z
      .enum(['measured', 'config', 'list', 'default'])
      .describe(
        '`measured` = what nodes of the cluster cost, split as the allocation splits them; `config` = `headroom.prices`; `list` = the built-in price list; `default` = a unit price of last resort.',
      ),
    day: z
      .string()
      .optional()
      .describe('Of a measured price the day, `YYYY-MM-DD`.'),
    gpuModel: z.string().optional(),
    nodePools: z
      .array(z.string())
      .optional()
      .describe('Only for a caller who may see everything.'),
    said,
  })
  .meta({
    id: 'EstimatePrice',
    description: 'A price that an estimate was made with.',
  });

const estimateUnknown = z
  .object({
    pods: z.string().describe('Name of the workload.'),
    resource: estimatedResource,
    said,
  })
  .meta({
    id: 'EstimateUnknown',
    description: 'What has no price, why, and the line that mends it.',
  });

const estimatedPods = z
  .object({
    name: z.string(),
    perReplica: z
      .partialRecord(estimatedResource, micros)
      .describe('A month of one replica; what has no price is absent.'),
    monthly: monthlyRange,
    hoursPerMonth: z.number(),
    gpuShare: z
      .number()
      .optional()
      .describe('Boards that one replica holds: 0.25 = a quarter of one.'),
    prices: z.array(estimatePrice),
  })
  .meta({ id: 'EstimatedPods', description: 'What one workload costs.' });

const similarServices = z
  .object({
    count: z.number(),
    median: micros,
    lowest: micros,
    highest: micros,
    nearest: z
      .array(
        z.object({
          entityRef: z.string(),
          title: z.string(),
          monthly: micros,
        }),
      )
      .describe('Those nearest in cost, at most five.'),
    said,
  })
  .meta({
    id: 'SimilarServices',
    description:
      'What similar services that the caller may see cost a month of 730 hours.',
  });

const estimatedChoice = z
  .object({
    id: z.string(),
    monthly: monthlyRange,
    complete: z.boolean(),
    saves: monthlyRange
      .optional()
      .describe('Negative where it costs more; absent unless all is priced.'),
    unknown: z.array(estimateUnknown),
  })
  .meta({ id: 'EstimatedChoice', description: 'What another choice costs.' });

export const costEstimate = z
  .object({
    cluster: z.string(),
    currency: z.string(),
    simulated: z.boolean(),
    hoursPerMonth: z.number(),
    complete: z
      .boolean()
      .describe('Everything is priced; else it costs `monthly` at least.'),
    monthly: monthlyRange,
    resources: z.array(
      z.object({ resource: estimatedResource, monthly: monthlyRange }),
    ),
    pods: z.array(estimatedPods),
    unknown: z.array(estimateUnknown),
    withIdle: monthlyRange
      .optional()
      .describe(
        'With its share of the cluster’s idle as it was; only for a caller who may see everything.',
      ),
    similar: similarServices.optional(),
    choices: z.array(estimatedChoice),
    ownerBudget: z
      .union([
        z.object({ budget: estimatedBudget }),
        z.object({ unknown: said }),
        z.object({
          none: z
            .string()
            .describe('The group: it has no budget, nor has any above it.'),
        }),
      ])
      .optional()
      .describe(
        'In the currency of the estimate; absent = no owner was named.',
      ),
    remarks: z.array(said),
  })
  .meta({
    id: 'CostEstimate',
    description:
      'What pods that are to be created cost a month of 730 hours, at what the cluster’s capacity costs.',
  });

const runningWorkload = z
  .object({
    ...workloadRef.shape,
    cluster: z.string(),
    readAt: z.string().describe('When its cluster said so.'),
    replicas: z
      .number()
      .optional()
      .describe('Pods that are wanted now; absent = not known.'),
    hourly: micros
      .optional()
      .describe('Of all replicas, what has a price; absent = nothing has.'),
    monthly: micros
      .optional()
      .describe('A month of 730 hours at the present replicas.'),
    resources: z.array(
      z.object({ resource: estimatedResource, monthly: micros }),
    ),
    prices: z.array(estimatePrice),
  })
  .meta({
    id: 'RunningWorkload',
    description: 'A workload of a service, and what it costs as it is now.',
  });

const runningUnknown = z
  .object({
    workload: z
      .string()
      .optional()
      .describe('Absent where a whole cluster is not known.'),
    resource: estimatedResource
      .optional()
      .describe('Absent where nothing of it is known.'),
    said,
  })
  .meta({
    id: 'RunningUnknown',
    description: 'What of that which runs has no price, and why.',
  });

export const runningService = z
  .object({
    entityRef: z.string(),
    currency: z.string(),
    simulated: z.boolean(),
    status: z
      .enum(['ok', 'no-workloads'])
      .describe('`no-workloads`: nothing that runs is linked to it yet.'),
    complete: z
      .boolean()
      .describe(
        'Everything that runs is priced; else it costs `hourly` at least.',
      ),
    hourly: micros
      .optional()
      .describe('Of what has a price; absent = nothing has.'),
    monthly: micros
      .optional()
      .describe('A month of 730 hours at the present replicas.'),
    hoursPerMonth: z.number(),
    replicas: z.number().describe('Of all workloads of which they are known.'),
    workloads: z.array(runningWorkload),
    unknown: z.array(runningUnknown),
    remarks: z.array(said),
    measuredFrom: z
      .string()
      .optional()
      .describe(
        'When its first hour is over and settled at the earliest; absent = nothing runs.',
      ),
    timezone: z.string().describe('IANA zone to say that in.'),
  })
  .meta({
    id: 'RunningService',
    description:
      'What runs of a service at this moment, priced as an estimate prices what is to be created.',
  });
