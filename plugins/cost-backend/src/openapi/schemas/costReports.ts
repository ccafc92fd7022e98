// Answers about cost.
import { z } from 'zod';
import {
  breakdownRow,
  dayCost,
  headline,
  idleMode,
  origin,
  reportBase,
  unitCost,
} from './figures';
import { micros } from './shared';

export const serviceDimension = z
  .enum(['cluster', 'region', 'workload', 'container', 'capacity'])
  .meta({
    id: 'ServiceDimension',
    description: "A dimension of a service's cost.",
  });

export const serviceCostReport = z
  .object({
    ...reportBase.shape,
    entityRef: z.string(),
    status: z
      .enum(['ok', 'no-workloads', 'no-data'])
      .describe(
        '`no-workloads` = nothing is linked to the service; `no-data` = linked, but nothing ran or nothing is in yet.',
      ),
    headline: headline,
    days: z.array(dayCost),
    breakdowns: z.record(serviceDimension, z.array(breakdownRow)),
    gpu: z
      .object({
        paidHours: z.number(),
        knownHours: z
          .number()
          .optional()
          .describe(
            'Device-hours of which is known how busy they were; absent = all of them.',
          ),
        busyHours: z
          .number()
          .optional()
          .describe(
            'Busy ones of `knownHours`; absent when no utilisation was reported.',
          ),
        cost: micros,
        days: z.array(
          z.object({
            day: z.string(),
            paidHours: z.number(),
            knownHours: z.number().optional(),
            busyHours: z.number().optional(),
          }),
        ),
      })
      .optional(),
    units: z.array(unitCost),
    origin: origin,
  })
  .meta({
    id: 'ServiceCostReport',
    description: 'Answer to "what does my service cost?".',
  });

export const teamCostReport = z
  .object({
    ...reportBase.shape,
    entityRef: z.string(),
    groups: z.array(z.string()).describe('The team and every group below it.'),
    status: z.enum(['ok', 'no-services', 'no-data']),
    restricted: z.boolean(),
    headline: headline,
    days: z.array(dayCost),
    services: z
      .array(breakdownRow)
      .describe(
        'One row for each entity that has allocated cost in this window or the one before.',
      ),
    notAllocated: z
      .array(z.object({ entityRef: z.string(), title: z.string().optional() }))
      .describe(
        'The others: what they cost is not known to be nothing, a bill may have them.',
      ),
    origin: origin.omit({ links: true, formulas: true }).optional(),
  })
  .meta({
    id: 'TeamCostReport',
    description: 'Answer to "what does my team cost?".',
  });

export const fleetDimension = z
  .enum(['team', 'service', 'cluster', 'region', 'namespace'])
  .meta({
    id: 'FleetDimension',
    description: "A dimension of the fleet's cost.",
  });

export const fleetCostReport = z
  .object({
    ...reportBase.shape,
    restricted: z
      .boolean()
      .describe(
        'True when the caller may see only part of the fleet: totals are of that part.',
      ),
    status: z.enum(['ok', 'no-clusters', 'no-data']),
    idleMode: idleMode,
    headline: headline.extend(
      z.object({ unallocated: micros, idle: micros }).shape,
    ),
    days: z.array(dayCost),
    groupBy: fleetDimension,
    rows: z.array(breakdownRow),
    movers: z
      .array(
        z.object({
          entityRef: z.string(),
          label: z.string(),
          total: micros,
          previousTotal: micros,
          change: micros,
        }),
      )
      .describe(
        'Largest absolute changes against the window before, most first.',
      ),
    origin: origin.omit({ links: true, formulas: true }),
  })
  .meta({ id: 'FleetCostReport', description: 'Answer to "who spends it?".' });
