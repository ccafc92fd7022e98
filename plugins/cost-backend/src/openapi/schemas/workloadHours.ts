import { z } from 'zod';
import { micros } from './shared';

const workloadHour = z
  .object({
    at: z.string().describe('Start of the hour, ISO 8601 UTC.'),
    micros: micros.describe('0 = it did not run, or was not there yet.'),
    units: z
      .number()
      .optional()
      .describe('Units that its service served; absent = not known.'),
  })
  .meta({
    id: 'WorkloadHour',
    description:
      'What a workload was charged in an hour of which everything is known.',
  });

const hoursOfWorkload = z
  .object({
    hours: z
      .array(workloadHour)
      .describe(
        'Hours of which not everything is known are not in it; empty where the workload itself is not known.',
      ),
    metric: z
      .string()
      .optional()
      .describe('The metric that `units` are of; absent = there are none.'),
  })
  .meta({
    id: 'HoursOfWorkload',
    description: 'The hours of one workload, oldest first.',
  });

export const workloadHours = z
  .object({
    currency: z.string(),
    workloads: z
      .array(hoursOfWorkload)
      .describe('In the order in which they were asked for.'),
  })
  .meta({ id: 'WorkloadHours', description: 'The hours of workloads.' });
