// Figures that reports of services, teams and the fleet share.
import { z } from 'zod';
import {
  capacityType,
  linkProvenance,
  micros,
  priceOrigin,
  projection,
  reportWindow,
  resource,
  sourceProblem,
} from './shared';

export const reportBase = z.object({
  window: reportWindow,
  currency: z.string(),
  conversion: z
    .object({
      from: z.string(),
      to: z.string(),
      rates: z.array(z.object({ validFrom: z.string(), rate: z.string() })),
    })
    .optional()
    .describe(
      'Set when amounts were converted. `rate` is a decimal string; amounts of each day use the rate valid that day.',
    ),
  simulated: z.boolean().describe('Some of the data comes from a simulation.'),
  dataUntil: z
    .string()
    .optional()
    .describe('When the newest data in the answer was measured, ISO 8601 UTC.'),
  problems: z.array(sourceProblem),
});

export const comparison = z
  .object({
    start: z.string(),
    end: z.string(),
    total: micros
      .optional()
      .describe(
        'Absent unless the window before is complete and of the same clusters: part of a window is nothing to compare with.',
      ),
    changeRatio: z
      .number()
      .optional()
      .describe(
        '(this − before) / before over the days both windows have complete, of the same clusters; absent when the base is 0 or unknown.',
      ),
    comparedStart: z
      .string()
      .describe(
        'The days of this window that were compared (a partial day is left out): end exclusive.',
      ),
    comparedEnd: z.string(),
    comparedDays: z
      .number()
      .optional()
      .describe(
        'Pairs of days the ratio stands on: fewer than the span has when some are not complete.',
      ),
  })
  .meta({
    id: 'Comparison',
    description:
      'The window before, of the same number of days, and its total.',
  });

export const headline = z
  .object({
    total: micros,
    previous: comparison,
    monthToDate: z.object({
      start: z.string(),
      end: z.string(),
      total: micros,
      previous: comparison
        .optional()
        .describe(
          'The same days of the month before; absent when there is no data for them.',
        ),
    }),
    projection: projection,
    efficiency: z
      .number()
      .optional()
      .describe('Cost-weighted efficiency; absent when unknown.'),
    previousEfficiency: z
      .number()
      .optional()
      .describe(
        'Efficiency of the window before; absent unless that is complete.',
      ),
    unusedCost: micros.describe(
      'What was requested and not used cost this much.',
    ),
    previousUnusedCost: micros
      .optional()
      .describe(
        '`unusedCost` of the window before; absent unless that is complete and this one is over.',
      ),
    unusedShare: z
      .number()
      .optional()
      .describe(
        'unusedCost / cost of the CPU, memory and GPU whose usage is known; absent when none is.',
      ),
  })
  .meta({
    id: 'Headline',
    description: 'Headline figures shared by services, teams and the fleet.',
  });

export const resourceAmounts = z.record(resource, micros).meta({
  id: 'ResourceAmounts',
  description: 'Amount a resource, on the wire.',
});

export const dayCost = z
  .object({
    day: z.string(),
    cost: resourceAmounts,
    shared: micros.describe(
      'Share of idle and of shared namespaces, when sharing is on; else 0.',
    ),
    total: micros,
    partial: z
      .boolean()
      .optional()
      .describe(
        'The day is not over, or hours of it are not in yet: the last ones, or those a back-fill has still to read. A day with `total` "0" is then a gap.',
      ),
    missingHours: z
      .number()
      .optional()
      .describe(
        'Hours of the day no source could answer for. A day with none at all has `total` "0" and every hour missing: draw a gap.',
      ),
    hours: z
      .number()
      .describe('Hours the calendar day has (23 or 25 when clocks change).'),
  })
  .meta({ id: 'DayCost', description: 'One day of a chart.' });

export const breakdownRow = z
  .object({
    key: z
      .string()
      .describe('Unique within the table; stable across requests.'),
    label: z.string().describe('What to show.'),
    entityRef: z
      .string()
      .optional()
      .describe('Where the row leads: an entity, when it stands for one.'),
    kind: z
      .enum(['normal', 'idle', 'unallocated'])
      .describe(
        '`idle` and `unallocated` rows are never hidden and always look the same.',
      ),
    cost: resourceAmounts,
    shared: micros,
    total: micros,
    previousTotal: micros
      .optional()
      .describe(
        'Total of the window before; absent unless that is complete and of the same clusters.',
      ),
    changeRatio: z
      .number()
      .optional()
      .describe(
        '(this − before) / before over the days both windows have complete; absent when the base is 0 or unknown.',
      ),
    efficiency: z
      .number()
      .optional()
      .describe(
        'Cost-weighted: used / paid over CPU, memory and GPU; absent when nothing was paid or usage is unknown.',
      ),
    gpuHours: z.number().optional(),
    gpuBusyHours: z.number().optional(),
  })
  .meta({ id: 'BreakdownRow', description: 'One row of a breakdown table.' });

export const unitCost = z
  .object({
    metric: z.string(),
    title: z.string(),
    per: z
      .number()
      .describe(
        'Units the price is for: 1 = per request, 1 000 000 = per million tokens.',
      ),
    quantity: z.number().optional(),
    failed: z.number().optional(),
    unitCost: z
      .string()
      .optional()
      .describe(
        "Cost of `per` units, decimal string with 9 digits; absent with a reason when it can't be said.",
      ),
    previousUnitCost: z.string().optional(),
    reason: z.enum(['no-units', 'below-minimum', 'no-data']).optional(),
    days: z.array(
      z.object({
        day: z.string(),
        quantity: z.number(),
        unitCost: z.string().optional(),
      }),
    ),
  })
  .meta({
    id: 'UnitCost',
    description: 'Cost per unit over the same closed days.',
  });

export const idleMode = z.enum(['separate', 'shared']).meta({
  id: 'IdleMode',
  description: 'What is done with the cost of capacity nobody asked for.',
});

export const origin = z
  .object({
    sources: z.array(
      z.object({
        cluster: z.string(),
        source: z.string().describe('E.g. `prometheus`, `opencost`, `demo`.'),
        simulated: z.boolean(),
        lastHour: z
          .string()
          .optional()
          .describe('Last hour that is in, ISO 8601 UTC.'),
        missingHours: z.number(),
        downSince: z
          .string()
          .optional()
          .describe("Set while the source can't be reached."),
        backfill: z
          .object({ doneHours: z.number(), totalHours: z.number() })
          .optional()
          .describe(
            'Set while a back-fill runs: hours of the past that are in, of those wanted.',
          ),
      }),
    ),
    prices: z.array(
      z.object({
        cluster: z.string(),
        nodePool: z
          .string()
          .optional()
          .describe('Absent for a caller who may see only some services.'),
        instanceType: z.string(),
        region: z.string(),
        capacityType: capacityType,
        hourlyPrice: z.string(),
        currency: z.string(),
        nodeHours: z
          .number()
          .optional()
          .describe(
            'Of the whole cluster; absent for a caller who may see only some services.',
          ),
        origin: priceOrigin,
      }),
    ),
    formulas: z
      .array(
        z.object({
          resource: resource,
          quantity: z.number(),
          unit: z.enum(['core-hour', 'GiB-hour', 'device-hour', 'GiB']),
          effectivePrice: z
            .string()
            .optional()
            .describe(
              'Decimal string, cost / quantity; absent when quantity is 0.',
            ),
          cost: micros,
        }),
      )
      .describe(
        'Charged quantity × effective price = cost, per resource. Quantities: core-hours, GiB-hours, device-hours, GiB-hours, GiB.',
      ),
    links: z.array(
      z.object({
        cluster: z.string(),
        namespace: z.string(),
        workloadKind: z.string(),
        workload: z.string(),
        provenance: linkProvenance,
        detail: z.string(),
      }),
    ),
    sharing: z.object({
      idle: idleMode,
      sharedNamespaces: z.array(z.string()),
      split: z.enum(['weighted', 'even']),
    }),
  })
  .meta({
    id: 'Origin',
    description: 'Where the money of an answer comes from.',
  });
