import { z } from 'zod';
import { entityRefOfKind } from '../budgets/budgetScope';

/** Hours of a month, as list prices of providers count them. @public */
export const HOURS_PER_MONTH = 730;

const MOST_REPLICAS = 10_000;
/** Pods that are told apart, and choices beside them, in one request. */
const MOST_PODS = 20;
const MOST_CHOICES = 12;

/** How a GPU is asked for: whole, one that takes turns with others, or a slice. @public */
export const DEMANDED_SHARINGS = ['whole', 'time-slicing', 'mig'] as const;

/** From 0 to a limit; what is wrong is said beginning with a verb. */
function amount(most: number, least = 0) {
  const error = `must be a number from ${least} to ${most}`;
  return z.number({ error }).min(least, { error }).max(most, { error });
}

function whole(most: number, least = 0) {
  return amount(most, least).int({
    error: `must be a whole number from ${least} to ${most}`,
  });
}

function text(most: number) {
  const error = `must be a text of 1 to ${most} characters`;
  return z.string({ error }).min(1, { error }).max(most, { error });
}

/**
 * The pods of one workload that is to be created: what one replica requests, and
 * between how many replicas it scales.
 *
 * @public
 */
export const podDemandSchema = z.strictObject({
  name: text(253).describe('Of the workload.'),
  replicas: z
    .strictObject({
      min: whole(MOST_REPLICAS),
      max: whole(MOST_REPLICAS),
    })
    .refine(({ min, max }) => min <= max, {
      path: ['max'],
      error: 'must be min or more',
    }),
  cpuCores: amount(10_000).describe(
    'What one replica requests, all its containers together.',
  ),
  memoryBytes: amount(2 ** 50).describe(
    'What one replica requests, all its containers together.',
  ),
  gpu: z
    .strictObject({
      sharing: z.enum(DEMANDED_SHARINGS),
      devices: whole(64, 1)
        .default(1)
        .describe(
          'Whole boards, or units of shared ones, that one replica asks for.',
        ),
      memoryBytes: amount(2 ** 50)
        .optional()
        .describe(
          'GPU memory that one replica needs; absent = any board will do.',
        ),
      model: text(100).optional().describe('E.g. `NVIDIA-A10G`; absent = any.'),
    })
    .optional(),
  storageBytes: amount(2 ** 60)
    .optional()
    .describe('Of the volumes that every replica claims.'),
  storageClass: text(253).optional(),
  spot: z
    .boolean()
    .default(false)
    .describe('Whether it runs on capacity that the provider may take back.'),
  nodePool: text(253)
    .optional()
    .describe('Where it is bound to one; absent = all on which it may run.'),
  hoursPerMonth: amount(HOURS_PER_MONTH)
    .default(HOURS_PER_MONTH)
    .describe('Hours a month that its replicas run; 730 = always.'),
});

/** The pods of one workload, see {@link podDemandSchema}. @public */
export type PodDemand = z.output<typeof podDemandSchema>;

/** As {@link PodDemand}, with what has a default left out. @public */
export type PodDemandInput = z.input<typeof podDemandSchema>;

const pods = z.array(podDemandSchema).min(1).max(MOST_PODS);

/**
 * What `POST /v1/estimates` is asked: pods that are to run in a cluster, and other
 * choices to compare them with.
 *
 * @public
 */
export const estimateRequestSchema = z.strictObject({
  cluster: text(253).describe('A name under `headroom.clusters`.'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: 'must be an ISO 4217 code such as USD' })
    .optional()
    .describe('ISO 4217, one of those in the settings; else the stored one.'),
  pods,
  choices: z
    .array(
      z.strictObject({
        id: text(100).describe('Comes back with its price.'),
        pods,
      }),
    )
    .max(MOST_CHOICES)
    .default([])
    .describe('What might be created instead.'),
  owner: entityRefOfKind(['group'], 'group:default/shop')
    .optional()
    .describe(
      'The group that will own the pods: what is left of its budget, or of the nearest group above it that has one, comes back, too.',
    ),
});

/** See {@link estimateRequestSchema}. @public */
export type EstimateRequest = z.output<typeof estimateRequestSchema>;

/** As {@link EstimateRequest}, with what has a default left out. @public */
export type EstimateRequestInput = z.input<typeof estimateRequestSchema>;
