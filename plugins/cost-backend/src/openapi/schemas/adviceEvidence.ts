// What an advice stands on.
import { APPETITES } from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { namespaceLimit, steering } from './steering';
import {
  containerFacts,
  containerSpec,
  podFacts,
  resourceSpec,
  workloadRef,
} from './workloads';

export const heldPeak = z
  .object({
    level: z.number().describe('In the unit of the usage.'),
    weekly: z
      .boolean()
      .describe('Whether it was held again at the same hour of the next week.'),
    margin: z.number().describe('What the request is of it; 1 = the same.'),
  })
  .meta({
    id: 'HeldPeak',
    description:
      'What was held for half an hour and asks for more than the daily quantiles do.',
  });

export const advisedResource = z
  .enum(['cpu', 'memory'])
  .meta({ id: 'AdvisedResource', description: 'The resources advice sets.' });

export const appetite = z.enum(APPETITES).meta({ id: 'Appetite' });

export const appetiteOrigin = z
  .enum(['annotation', 'policy', 'lifecycle', 'default'])
  .meta({
    id: 'AppetiteOrigin',
    description:
      'Where an appetite came from; the first that says something wins.',
  });

export const advicePolicy = z
  .object({
    lookBackDays: z
      .number()
      .describe('Days looked back, at least `minimumDays`.'),
    minimumDays: z
      .number()
      .describe('Days with enough samples below which advice is "not yet".'),
    minimumCoverage: z
      .number()
      .describe("Share of a day's samples that makes it count."),
    cpuLimit: z
      .union([z.literal('none'), z.object({ timesRequest: z.number() })])
      .describe(
        'CPU limits: none, or this many times the request (2 = twice), never below the start-up peak.',
      ),
    memoryLimitRatio: z
      .number()
      .describe(
        "Memory limit over memory request, at least 1 (1 = equal: killed only for one's own use).",
      ),
    keepGuaranteed: z
      .boolean()
      .optional()
      .describe(
        'Whether pods of class Guaranteed stay so, which takes a CPU limit equal to the request. False = `cpuLimit` goes first, and the loss is said. Absent = true.',
      ),
    floors: z.object({ cpuCores: z.number(), memoryBytes: z.number() }),
  })
  .meta({
    id: 'AdvicePolicy',
    description: 'What an operator wants of advice (`headroom.cost.advice`).',
  });

export const advicePrices = z
  .object({
    currency: z.string(),
    cpuCoreHour: z
      .number()
      .optional()
      .describe(
        'Paid / charged over the window, micros; undefined = nothing was charged.',
      ),
    memoryGibHour: z.number().optional(),
  })
  .meta({
    id: 'AdvicePrices',
    description:
      'What one more unit costs this container, as the Cost tab charges it.',
  });

export const otherContainer = z
  .object({
    ...containerFacts.pick({ name: true, role: true }).shape,
    ...resourceSpec.shape,
  })
  .meta({
    id: 'OtherContainer',
    description: 'Another container of the same pod.',
  });

export const adviceFacts = z
  .object({
    ...containerFacts.shape,
    ...podFacts.shape,
    bare: z.boolean().optional(),
    pendingPods: z.number().optional(),
    replicas: z
      .number()
      .optional()
      .describe('Pods wanted; absent for kinds that have none.'),
    otherContainers: z
      .array(otherContainer)
      .optional()
      .describe(
        "The pod's other containers, init containers too; absent = not known.",
      ),
    containersInPod: z
      .number()
      .optional()
      .describe(
        "Containers of the pod that use CPU and memory while it runs: main ones and sidecars. An HPA's `Resource` metric is over all of them, so its target moves only with a container that is alone; absent = not known.",
      ),
  })
  .meta({
    id: 'AdviceFacts',
    description: 'What the Kubernetes API says of the container and its pod.',
  });

export const largestNode = z
  .object({
    cpuCores: z.number(),
    memoryBytes: z.number(),
    nodePools: z
      .array(z.string())
      .describe('Pools it is the largest of; empty = of the whole cluster.'),
  })
  .meta({
    id: 'LargestNode',
    description:
      "The largest node of the pools a container's pods run in, by resource.",
  });

export const resourceNeed = z
  .object({
    current: z
      .object({ request: z.number().optional(), limit: z.number().optional() })
      .describe('In force now.'),
    request: z
      .number()
      .optional()
      .describe(
        "What it should request; absent = it can't be said, so it stays as it is.",
      ),
    leastLimit: z
      .number()
      .optional()
      .describe('The least a limit may be, if there is one.'),
    noLower: z.literal(true).optional().describe('It may only be raised.'),
  })
  .meta({
    id: 'ResourceNeed',
    description:
      "What a container's usage asks for of one resource, cores or bytes.",
  });

export const containerNeed = z
  .object({
    container: z.string(),
    role: containerFacts.shape.role,
    cpu: resourceNeed,
    memory: resourceNeed,
  })
  .meta({
    id: 'ContainerNeed',
    description:
      'What one container of a pod needs, for the advice on the others.',
  });

export const requestRule = z
  .object({
    days: z.number().describe('Days with data that count.'),
    quantile: z.number().describe('0 to 1.'),
    margin: z.number().describe('1 = none.'),
    held: heldPeak
      .optional()
      .describe(
        'Present where it asks for more than the quantiles, and decides in their place.',
      ),
  })
  .meta({
    id: 'RequestRule',
    description:
      'How a request follows from past days: the largest of the daily quantiles of the days that count, times the margin.',
  });

const countedDays = z
  .object({
    from: z
      .string()
      .describe("First moment, ISO 8601 UTC; the window's end when none does."),
    days: z.number().describe('With data.'),
  })
  .meta({
    id: 'CountedDays',
    description: 'The days of a window that count for one resource.',
  });

export const adviceEvidence = z
  .object({
    cluster: z.string(),
    workload: workloadRef,
    container: z.string(),
    window: z.object({ start: z.string(), end: z.string() }),
    usedFrom: z
      .string()
      .describe(
        "First moment that was used: later than the window's start when the spec changed.",
      ),
    days: z.number().describe('From then on, with data.'),
    counted: z
      .object({ cpu: countedDays, memory: countedDays })
      .optional()
      .describe(
        'The days that count for each resource: a changed limit may leave fewer of one. Absent in advice of earlier versions, which used the same days for both.',
      ),
    coverage: z.number().describe('Known samples of those wanted, 0 to 1.'),
    samples: z.number(),
    pods: z.number(),
    appetite: z.object({ value: appetite, origin: appetiteOrigin }),
    policy: advicePolicy.extend(
      z.object({
        noise: z.object({ ratio: z.number(), microsPerMonth: z.string() }),
      }).shape,
    ),
    prices: advicePrices,
    spec: containerSpec.describe(
      'Empty when it is not known, see `specUnknown`.',
    ),
    specUnknown: z.literal(true).optional(),
    facts: adviceFacts.optional(),
    steering: z.array(steering).nullable(),
    limits: z
      .array(namespaceLimit)
      .optional()
      .describe('Absent = could not be read.'),
    node: largestNode.optional(),
    others: z.array(containerNeed).optional(),
    followedFrom: z
      .partialRecord(advisedResource, z.string())
      .optional()
      .describe(
        'Since when advice stands on usage, where it follows a load that falls; ISO 8601 UTC.',
      ),
    previous: requestRule
      .optional()
      .describe('Present when the advice is another without it.'),
    oomKills: z.number().optional(),
    throttledShare: z.number().optional(),
    startup: z
      .object({ cpuCores: z.number(), memoryBytes: z.number() })
      .optional(),
  })
  .meta({
    id: 'AdviceEvidence',
    description:
      'What an advice stands on; with the digests of the window it computes it again.',
  });
