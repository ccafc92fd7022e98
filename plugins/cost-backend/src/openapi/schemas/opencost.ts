import { z } from 'zod';

const window = z
  .object({ start: z.string(), end: z.string() })
  .meta({ id: 'OpenCostWindow', description: 'RFC 3339; `end` is exclusive.' });

const figure = z.number();
const figureOrUnknown = z
  .number()
  .nullable()
  .describe('`null` = no usage was read.');
const labels = z.record(z.string(), z.string());

const properties = z
  .object({
    cluster: z.string().optional(),
    node: z.string().optional(),
    namespace: z.string().optional(),
    controllerKind: z.string().optional(),
    controller: z.string().optional(),
    pod: z.string().optional(),
    container: z.string().optional(),
    services: z.array(z.string()).optional(),
    labels: labels.optional(),
    annotations: labels.optional(),
  })
  .meta({
    id: 'OpenCostProperties',
    description: 'What all that an item is made of has in common.',
  });

const summaryFields = {
  name: z.string(),
  start: z.string(),
  end: z.string(),
  cpuCoreRequestAverage: figure,
  cpuCoreUsageAverage: figureOrUnknown,
  cpuCost: figure,
  gpuCost: figure,
  networkCost: figure.describe('Load balancers are in it.'),
  loadBalancerCost: figure.describe('Always 0: it is part of `networkCost`.'),
  pvCost: figure,
  ramByteRequestAverage: figure,
  ramByteUsageAverage: figureOrUnknown,
  ramCost: figure,
  sharedCost: figure,
  externalCost: figure,
  totalEfficiency: figureOrUnknown,
  totalCost: figure,
};

const item = z
  .object({
    ...summaryFields,
    properties,
    window,
    minutes: figure,
    cpuCores: figure,
    cpuCoreHours: figure,
    cpuCostAdjustment: figure,
    cpuCostIdle: figure.describe('The part of `cpuCost` that is idle.'),
    cpuEfficiency: figureOrUnknown,
    gpuCount: figure,
    gpuHours: figure,
    gpuCostAdjustment: figure,
    gpuCostIdle: figure,
    gpuUsageAverage: figureOrUnknown,
    gpuEfficiency: figureOrUnknown,
    networkTransferBytes: figure,
    networkReceiveBytes: figureOrUnknown,
    networkCostAdjustment: figure,
    loadBalancerCostAdjustment: figure,
    pvBytes: figure,
    pvByteHours: figure,
    pvCostAdjustment: figure,
    pvs: z.null(),
    ramBytes: figure,
    ramByteHours: figure,
    ramCostAdjustment: figure,
    ramCostIdle: figure,
    ramEfficiency: figureOrUnknown,
  })
  .meta({
    id: 'OpenCostItem',
    description:
      'One aggregate, by the names of OpenCost; amounts are of the stored currency, averages over the item’s own minutes.',
  });

const envelope = {
  code: figure,
  status: z.string(),
  warning: z.string().optional().describe('What is not known, or is left out.'),
};

export const openCostAnswer = z
  .object({
    ...envelope,
    data: z.array(z.record(z.string(), item)),
  })
  .meta({
    id: 'OpenCostAnswer',
    description: 'Items by name, a map for each set, the oldest first.',
  });

export const openCostSummary = z
  .object({
    ...envelope,
    data: z.object({
      step: figure.describe('Nanoseconds of the first step.'),
      sets: z.array(
        z.object({
          allocations: z.record(
            z.string(),
            z.object(summaryFields).meta({
              id: 'OpenCostSummaryItem',
              description: 'The same with fewer fields.',
            }),
          ),
          window,
        }),
      ),
      window,
    }),
  })
  .meta({ id: 'OpenCostSummary', description: 'The same with fewer fields.' });
