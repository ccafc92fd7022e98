// What sets, moves or bounds the requests of workloads.
import { z } from 'zod';
import { resourceSpec, workloadRef } from './workloads';

export const vpaContainerRecommendation = z
  .object({
    container: z.string(),
    target: z.object({
      cpuCores: z.number().optional(),
      memoryBytes: z.number().optional(),
    }),
    lowerBound: z
      .object({
        cpuCores: z.number().optional(),
        memoryBytes: z.number().optional(),
      })
      .optional(),
    upperBound: z
      .object({
        cpuCores: z.number().optional(),
        memoryBytes: z.number().optional(),
      })
      .optional(),
    uncappedTarget: z
      .object({
        cpuCores: z.number().optional(),
        memoryBytes: z.number().optional(),
      })
      .optional(),
  })
  .meta({
    id: 'VpaContainerRecommendation',
    description: 'What one VPA says about one container, in cores and bytes.',
  });

export const hpaResourceMetric = z
  .object({
    resource: z.enum(['cpu', 'memory']),
    container: z
      .string()
      .optional()
      .describe('Set for a ContainerResource metric.'),
    targetUtilization: z
      .number()
      .optional()
      .describe('Percent of the request.'),
    targetAverageValue: z
      .number()
      .optional()
      .describe(
        'Cores or bytes for each pod; such a target does not move with the request.',
      ),
  })
  .meta({
    id: 'HpaResourceMetric',
    description: 'One metric of an HPA that is about CPU or memory.',
  });

export const steering = z
  .union([
    z.object({
      kind: z.literal('HorizontalPodAutoscaler'),
      name: z.string(),
      target: workloadRef,
      minReplicas: z.number(),
      maxReplicas: z.number(),
      metrics: z
        .array(hpaResourceMetric)
        .describe(
          "CPU and memory metrics; other metrics don't move with requests.",
        ),
      otherMetrics: z.number(),
      ownedBy: z
        .string()
        .optional()
        .describe('Name of the ScaledObject that owns it.'),
    }),
    z.object({
      kind: z.literal('ScaledObject'),
      name: z.string(),
      target: workloadRef,
      minReplicas: z.number(),
      maxReplicas: z.number(),
      metrics: z
        .array(hpaResourceMetric)
        .describe('Triggers of type cpu and memory.'),
      otherMetrics: z.number(),
      paused: z.boolean(),
    }),
    z.object({
      kind: z.literal('VerticalPodAutoscaler'),
      name: z.string(),
      target: workloadRef,
      updateMode: z
        .enum([
          'Off',
          'Initial',
          'Recreate',
          'InPlaceOrRecreate',
          'InPlace',
          'Auto',
        ])
        .describe('`Off` only recommends.'),
      controlled: z
        .array(
          z.object({
            container: z.string(),
            mode: z.enum(['Auto', 'Off']),
            resources: z.array(z.enum(['cpu', 'memory'])),
            values: z.enum(['RequestsAndLimits', 'RequestsOnly']),
          }),
        )
        .describe('Containers and resources it sets; empty lists mean all.'),
      recommendations: z.array(vpaContainerRecommendation),
      recommendedAt: z
        .string()
        .optional()
        .describe(
          'When `recommendations` last changed, ISO 8601 UTC, where the object says so.',
        ),
    }),
  ])
  .meta({
    id: 'Steering',
    description: "An object that sets, or reacts to, a workload's requests.",
  });

export const limitRangeLine = z
  .object({
    type: z
      .enum(['Container', 'Pod'])
      .describe("Of each container, or of the sum over a pod's containers."),
    resource: z.enum(['cpu', 'memory']),
    min: z.number().optional().describe('Cores or bytes.'),
    max: z.number().optional(),
    default: z
      .number()
      .optional()
      .describe('Limit and request given to a container that has none.'),
    defaultRequest: z.number().optional(),
    maxLimitRequestRatio: z
      .number()
      .optional()
      .describe('How many times its request a limit may be at most.'),
  })
  .meta({
    id: 'LimitRangeLine',
    description: 'One line of a LimitRange that is about CPU or memory.',
  });

export const quotaScope = z
  .object({
    scope: z
      .string()
      .describe(
        '`Terminating`, `NotTerminating`, `BestEffort`, `NotBestEffort`, `PriorityClass`, `CrossNamespacePodAffinity`, `VolumeAttributesClass`.',
      ),
    operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
    values: z.array(z.string()),
  })
  .meta({
    id: 'QuotaScope',
    description:
      'Pods that a ResourceQuota counts: all of its scopes must hold.',
  });

export const namespaceLimit = z
  .union([
    z.object({
      kind: z.literal('LimitRange'),
      namespace: z.string(),
      name: z.string(),
      lines: z.array(limitRangeLine),
    }),
    z.object({
      kind: z.literal('ResourceQuota'),
      namespace: z.string(),
      name: z.string(),
      hard: resourceSpec.describe('Of the namespace; absent = not limited.'),
      used: resourceSpec,
      scopes: z.array(quotaScope),
    }),
  ])
  .meta({
    id: 'NamespaceLimit',
    description: 'What admission to a namespace allows pods to ask for.',
  });
