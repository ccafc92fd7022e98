import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import {
  CRITICALITIES,
  ENVIRONMENTS,
  GPU_SHARINGS,
  SCALING_SIGNALS,
  SERVICE_KINDS,
} from '@headroom/plugin-scaling-common';

/** Shapes of the values and options of each field, as the template editor shows them. */
export const decisionSchema = makeFieldSchema({
  output: z =>
    z
      .object({
        kind: z.enum(SERVICE_KINDS),
        environment: z.enum(ENVIRONMENTS),
        criticality: z.enum(CRITICALITIES),
        replicas: z.object({ min: z.number(), max: z.number() }),
        requests: z.object({
          cpu: z.string(),
          memory: z.string(),
          ephemeralStorage: z.string(),
        }),
        limits: z
          .object({ cpu: z.string().optional(), memory: z.string().optional() })
          .optional(),
        scaling: z.object({
          signal: z.enum(SCALING_SIGNALS),
          target: z.number().optional(),
          latencyMilliseconds: z.number().optional(),
        }),
        gpu: z
          .object({
            memory: z.string().optional(),
            sharing: z.enum(GPU_SHARINGS),
            model: z.string().optional(),
          })
          .optional(),
        spot: z.boolean(),
        storage: z.string().optional(),
        answers: z.object({}).passthrough(),
        changes: z.object({}).passthrough().optional(),
      })
      .optional(),
  uiOptions: z =>
    z.object({
      kind: z
        .enum(SERVICE_KINDS)
        .optional()
        .describe('The kind of the services; else the form asks what they do'),
    }),
});

export const clusterSchema = makeFieldSchema({
  output: z => z.string().optional(),
  uiOptions: z =>
    z.object({
      allowNone: z
        .boolean()
        .optional()
        .describe('Whether the field may be left empty'),
    }),
});

export const timezoneSchema = makeFieldSchema({
  output: z => z.string().optional(),
});

export const scheduleSchema = makeFieldSchema({
  output: z => z.string().optional(),
});

export const budgetSchema = makeFieldSchema({
  output: z =>
    z
      .object({
        amount: z.string().optional(),
        currency: z.string().optional(),
      })
      .optional(),
  uiOptions: z =>
    z.object({
      currency: z.string().optional().describe('ISO 4217; else USD'),
    }),
});

export const costSchema = makeFieldSchema({
  output: z =>
    z
      .object({
        cluster: z.string(),
        currency: z.string(),
        minMonthly: z.string(),
        maxMonthly: z.string(),
        hoursPerMonth: z.number(),
        known: z.boolean(),
        at: z.string(),
      })
      .optional(),
  uiOptions: z =>
    z.object({
      fixed: z
        .record(z.unknown())
        .optional()
        .describe('Fields of a service that are no parameters of the template'),
    }),
});
