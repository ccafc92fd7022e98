import { z } from 'zod';
import type { ObjectManifest } from '../interventions/Intervention';
import { pauseAnnotations } from '../scaling';

const targetSchema = z.object({
  kind: z.string().optional(),
  name: z.string(),
});

const hpaSchema = z.object({
  scaleTargetRef: targetSchema,
  minReplicas: z.number().int().min(0).default(1),
  maxReplicas: z.number().int().min(1),
  metrics: z
    .array(
      z.looseObject({
        type: z.string(),
        resource: z
          .object({
            name: z.string(),
            target: z.looseObject({
              averageUtilization: z.number().optional(),
            }),
          })
          .optional(),
      }),
    )
    .default([]),
});

const scaledObjectSchema = z.object({
  scaleTargetRef: targetSchema,
  minReplicaCount: z.number().int().min(0).default(0),
  maxReplicaCount: z.number().int().min(1).default(100),
  triggers: z
    .array(
      z.looseObject({
        type: z.string(),
        metricType: z.string().optional(),
        metadata: z.record(z.string(), z.unknown()).default({}),
      }),
    )
    .default([]),
});

/** What the world follows of an autoscaler that somebody made. */
export interface Scaler {
  kind: 'HorizontalPodAutoscaler' | 'ScaledObject';
  name: string;
  min: number;
  max: number;
  /** Percent of the CPU request it aims at, where it follows that. */
  cpuTarget?: number;
  /** Annotations by which KEDA is told to leave a workload alone. */
  pause: Record<string, string>;
}

/** An object that may be an autoscaler. */
interface ScalerObject {
  kind: string;
  name: string;
  manifest: ObjectManifest;
}

/** What an autoscaler scales; undefined for what is none. */
export function scalerTarget({
  kind,
  manifest,
}: ScalerObject): { kind: string; name: string } | undefined {
  if (kind !== 'HorizontalPodAutoscaler' && kind !== 'ScaledObject') {
    return undefined;
  }
  const parsed = z
    .object({ scaleTargetRef: targetSchema })
    .safeParse(manifest.spec);
  return parsed.success
    ? {
        kind: parsed.data.scaleTargetRef.kind ?? 'Deployment',
        name: parsed.data.scaleTargetRef.name,
      }
    : undefined;
}

/** Reads an autoscaler; undefined where it isn't one, or says nothing that can be followed. */
export function readScaler({
  kind,
  name,
  manifest,
}: ScalerObject): Scaler | undefined {
  if (kind === 'HorizontalPodAutoscaler') {
    const parsed = hpaSchema.safeParse(manifest.spec);
    if (!parsed.success) {
      return undefined;
    }
    const { minReplicas, maxReplicas, metrics } = parsed.data;
    const cpu = metrics.find(({ resource }) => resource?.name === 'cpu');
    const cpuTarget = cpu?.resource?.target.averageUtilization;
    return {
      kind,
      name,
      min: minReplicas,
      max: maxReplicas,
      ...(cpuTarget !== undefined && { cpuTarget }),
      pause: {},
    };
  }
  const parsed =
    kind === 'ScaledObject'
      ? scaledObjectSchema.safeParse(manifest.spec)
      : undefined;
  if (!parsed?.success) {
    return undefined;
  }
  const { minReplicaCount, maxReplicaCount, triggers } = parsed.data;
  const cpu = triggers.find(({ type }) => type === 'cpu');
  const cpuTarget = Number(cpu?.metadata.value);
  return {
    kind: 'ScaledObject',
    name,
    min: minReplicaCount,
    max: maxReplicaCount,
    ...(cpuTarget > 0 && { cpuTarget }),
    pause: pauseAnnotations(manifest.metadata.annotations ?? {}),
  };
}
