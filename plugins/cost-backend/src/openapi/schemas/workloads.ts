// Workloads as the Kubernetes API has them.
import { z } from 'zod';

export const workloadRef = z
  .object({
    namespace: z.string(),
    kind: z
      .string()
      .describe(
        "`Deployment`, `StatefulSet`, `DaemonSet`, `Job`, `CronJob`, `Pod`, or a custom owner's kind, e.g. `Rollout`.",
      ),
    name: z.string(),
  })
  .meta({
    id: 'WorkloadRef',
    description:
      "A workload: the controller at the top of a pod's owners, or the pod itself.",
  });

export const containerSpec = z
  .object({
    cpuRequestCores: z.number().optional(),
    cpuLimitCores: z.number().optional(),
    memoryRequestBytes: z.number().optional(),
    memoryLimitBytes: z.number().optional(),
    gpus: z
      .record(z.string(), z.number())
      .optional()
      .describe(
        "Units by extended resource name; from usage, boards' worth under GPU_BOARDS.",
      ),
    image: z.string().optional(),
  })
  .meta({
    id: 'ContainerSpec',
    description: 'Requests and limits of one container. Absent = not set.',
  });

export const fixedHeap = z
  .object({
    runtime: z
      .string()
      .describe(
        '`jvm`, `node`, `dotnet`, `redis`, `postgres`, `elasticsearch`, `memcached` …',
      ),
    evidence: z
      .string()
      .describe(
        'What shows it: `JAVA_TOOL_OPTIONS=-Xmx2g`, `image eclipse-temurin`. Never the value of any other variable.',
      ),
    heapBytes: z
      .number()
      .optional()
      .describe('Size that was set, when it is a size.'),
    heapShareOfLimit: z
      .number()
      .optional()
      .describe('Share of the memory limit that was set, 0 to 1.'),
  })
  .meta({
    id: 'FixedHeap',
    description:
      'A runtime whose memory follows what it was told rather than what it needs.',
  });

export const containerFacts = z
  .object({
    name: z.string(),
    role: z
      .enum(['main', 'sidecar', 'init'])
      .describe('`sidecar` = an init container that restarts always.'),
    spec: containerSpec,
    fixedHeap: fixedHeap.optional(),
    memoryVolumes: z
      .boolean()
      .optional()
      .describe(
        'Memory-backed volumes (`emptyDir` of medium Memory), counted in the working set.',
      ),
  })
  .meta({
    id: 'ContainerFacts',
    description: 'What the pod template says about one container.',
  });

export const resourceSpec = containerSpec
  .pick({
    cpuRequestCores: true,
    cpuLimitCores: true,
    memoryRequestBytes: true,
    memoryLimitBytes: true,
  })
  .meta({
    id: 'ResourceSpec',
    description: 'Requests and limits, in cores and bytes; absent = not set.',
  });

export const podFacts = z
  .object({
    podSpec: resourceSpec
      .optional()
      .describe(
        'Requests and limits of the pod as a whole (`spec.resources`, KEP-2837); absent = none.',
      ),
    podOverhead: z
      .object({
        cpuCores: z.number().optional(),
        memoryBytes: z.number().optional(),
      })
      .optional()
      .describe(
        "What its RuntimeClass adds to every pod's requests (`spec.overhead`); absent = nothing.",
      ),
    priorityClass: z.string().optional().describe('`spec.priorityClassName`.'),
    terminating: z
      .literal(true)
      .optional()
      .describe(
        '`spec.activeDeadlineSeconds` is set: quotas of scope Terminating count it.',
      ),
  })
  .meta({
    id: 'PodFacts',
    description: 'What a pod template says beside its containers.',
  });

export const workloadFacts = z
  .object({
    ...workloadRef.shape,
    ...podFacts.shape,
    uid: z.string(),
    replicas: z
      .number()
      .optional()
      .describe(
        'Pods wanted; absent for kinds that have none (DaemonSet, CronJob).',
      ),
    containers: z.array(containerFacts),
    appetite: z
      .string()
      .optional()
      .describe(
        'Risk appetite set by annotation `headroom.io/appetite`, as written.',
      ),
    bare: z
      .boolean()
      .optional()
      .describe('True for pods no controller made again when they are gone.'),
    pendingPods: z
      .number()
      .optional()
      .describe(
        'Pods of it that failed to be scheduled, or were evicted, now.',
      ),
    nodeLabels: z
      .record(z.string(), z.string())
      .optional()
      .describe(
        'Labels of the nodes that its pods ask for, or prefer, with the one value that will do; absent = they take any.',
      ),
    volumeClaims: z
      .array(
        z.object({
          bytes: z.number(),
          storageClass: z
            .string()
            .optional()
            .describe('Absent = the default of the cluster.'),
        }),
      )
      .optional()
      .describe(
        'Volumes that every pod of a StatefulSet claims; absent = none.',
      ),
  })
  .meta({
    id: 'WorkloadFacts',
    description: 'A workload as the Kubernetes API has it.',
  });
