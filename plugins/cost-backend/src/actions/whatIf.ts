import { InputError } from '@backstage/errors';
import { parseQuantity } from '@headroom/common';
import { isSaid, parseInput } from '@headroom/node';
import {
  CostEstimate,
  DEMANDED_SHARINGS,
  estimateRequestSchema,
  MonthlyRange,
  PodDemandInput,
  RunningService,
} from '@headroom/plugin-cost-common';
import type { z } from 'zod/v3';
import { Estimates } from '../features/estimates/Estimates';
import { Running } from '../features/estimates/Running';
import { coerced, currencyInput, refOf, Zod } from './inputs';
import {
  moneyIn,
  moneyOutput,
  notesOf,
  notesOutput,
  SIMULATED,
} from './outputs';
import { READS, RegisterAction } from './RegisterAction';

type PodsInput = z.infer<ReturnType<typeof podsInput>>;

/** What pods would cost a month, beside other choices and what runs now. */
export function whatIf(options: {
  estimates: Estimates;
  running: Running;
}): RegisterAction {
  const { estimates, running } = options;
  return registry =>
    registry.register({
      name: 'what-if',
      title: 'What pods would cost a month',
      description:
        'What pods that do not run yet would cost a month of 730 hours in a cluster at what its capacity costs, from the fewest to the most replicas; what other choices would cost; and, with a service, the difference to what of it runs now. Creates nothing. Where complete is false it costs at least that much, and notes say what has no price.',
      attributes: READS,
      schema: {
        input: zod =>
          zod
            .object({
              cluster: zod.string().describe('Name of a configured cluster.'),
              pods: podsInput(zod),
              alternatives: zod
                .array(
                  zod
                    .object({
                      id: zod.string().describe('Comes back with its price.'),
                      pods: podsInput(zod),
                    })
                    .strict(),
                )
                .optional()
                .describe('What might run instead.'),
              service: zod
                .string()
                .max(800)
                .optional()
                .describe(
                  'A service such as component:default/web, whose pods these would be instead of those that run now.',
                ),
              currency: currencyInput(zod),
            })
            .strict(),
        output: zod => {
          const money = moneyOutput(zod);
          const range = zod
            .object({ least: money, most: money })
            .describe('With the fewest replicas all the time, and the most.');
          return zod.object({
            cluster: zod.string(),
            complete: zod.boolean(),
            perMonth: range.optional(),
            byResource: zod.array(
              zod.object({ resource: zod.string(), perMonth: range }),
            ),
            prices: zod.array(zod.string()).describe('Where they come from.'),
            withShareOfIdle: range.optional(),
            alternatives: zod.array(
              zod.object({
                id: zod.string(),
                complete: zod.boolean(),
                perMonth: range.optional(),
                saves: range
                  .optional()
                  .describe('A month; negative where it costs more.'),
                notes: notesOutput(zod),
              }),
            ),
            now: zod
              .object({
                service: zod.string(),
                complete: zod.boolean(),
                perMonth: money.optional(),
                replicas: zod.number(),
                more: range
                  .optional()
                  .describe('What the pods cost more a month than what runs.'),
                notes: notesOutput(zod),
              })
              .optional(),
            similar: zod
              .object({
                count: zod.number(),
                median: money,
                lowest: money,
                highest: money,
                note: zod.string(),
              })
              .optional()
              .describe('What services like it cost a month.'),
            notes: notesOutput(zod),
          });
        },
      },
      examples: [
        {
          title: 'Two to six replicas, and the same on spot capacity',
          input: {
            cluster: 'us-west',
            pods: [
              {
                name: 'web',
                minReplicas: 2,
                maxReplicas: 6,
                cpu: '500m',
                memory: '1Gi',
              },
            ],
            alternatives: [
              {
                id: 'spot',
                pods: [
                  {
                    name: 'web',
                    minReplicas: 2,
                    maxReplicas: 6,
                    cpu: '500m',
                    memory: '1Gi',
                    spot: true,
                  },
                ],
              },
            ],
          },
        },
      ],
      action: async ({ input, credentials }) => {
        const { cluster, currency, service } = input;
        const request = parseInput(estimateRequestSchema, {
          cluster,
          ...(currency !== undefined && { currency }),
          pods: demandsOf(input.pods, 'pods'),
          choices: (input.alternatives ?? []).map(({ id, pods }, index) => ({
            id,
            pods: demandsOf(pods, `alternatives.${index}.pods`),
          })),
        });
        const present =
          service === undefined
            ? undefined
            : await running.service(refOf(service), { currency }, credentials);
        const estimate = await estimates.estimate(request, credentials);
        return { output: answerOf(estimate, present) };
      },
    });
}

function podsInput(zod: Zod) {
  const quantity = zod.union([zod.string(), zod.number()]);
  const whole = coerced(zod, zod.number().int().min(0));
  return zod
    .array(
      zod
        .object({
          name: zod.string().describe('Of the workload.'),
          minReplicas: whole.describe('The fewest replicas.'),
          maxReplicas: whole
            .optional()
            .describe('The most replicas; as few as the fewest unless said.'),
          cpu: quantity.describe(
            'What one replica requests, as a quantity of Kubernetes: 250m, 0.5.',
          ),
          memory: quantity.describe('The same of memory: 512Mi, 4Gi.'),
          gpus: coerced(zod, zod.number().int().min(1))
            .optional()
            .describe('Boards, or units of shared ones, of one replica.'),
          gpuSharing: zod
            .enum(DEMANDED_SHARINGS)
            .optional()
            .describe('How a board is held; whole unless said.'),
          gpuModel: zod.string().optional().describe('E.g. NVIDIA-A10G.'),
          gpuMemory: quantity
            .optional()
            .describe('GPU memory that one replica needs: 16Gi.'),
          storage: quantity
            .optional()
            .describe('Of the volumes that every replica claims: 20Gi.'),
          storageClass: zod.string().optional(),
          spot: coerced(zod, zod.boolean())
            .optional()
            .describe('Whether the provider may take the capacity back.'),
          nodePool: zod.string().optional(),
          hoursPerMonth: coerced(zod, zod.number().min(0).max(730))
            .optional()
            .describe('Hours a month that it runs; 730, always, unless said.'),
        })
        .strict(),
    )
    .min(1)
    .describe('The pods of one workload each.');
}

function demandsOf(pods: PodsInput, at: string): PodDemandInput[] {
  return pods.map((pod, index) => {
    const amount = (field: keyof typeof pod) =>
      quantityOf(pod[field], `${at}.${index}.${field}`);
    const { minReplicas, maxReplicas = minReplicas } = pod;
    return {
      name: pod.name,
      replicas: { min: minReplicas, max: maxReplicas },
      cpuCores: amount('cpu'),
      memoryBytes: amount('memory'),
      ...(pod.gpus !== undefined && {
        gpu: {
          sharing: pod.gpuSharing ?? 'whole',
          devices: pod.gpus,
          ...(pod.gpuModel !== undefined && { model: pod.gpuModel }),
          ...(pod.gpuMemory !== undefined && {
            memoryBytes: amount('gpuMemory'),
          }),
        },
      }),
      ...(pod.storage !== undefined && { storageBytes: amount('storage') }),
      ...(pod.storageClass !== undefined && { storageClass: pod.storageClass }),
      ...(pod.spot !== undefined && { spot: pod.spot }),
      ...(pod.nodePool !== undefined && { nodePool: pod.nodePool }),
      ...(pod.hoursPerMonth !== undefined && {
        hoursPerMonth: pod.hoursPerMonth,
      }),
    };
  });
}

function quantityOf(value: unknown, field: string): number {
  const found =
    typeof value === 'string' || typeof value === 'number'
      ? parseQuantity(value)
      : undefined;
  if (found === undefined) {
    throw new InputError(
      `${field} ${isSaid(value)}; it must be a quantity such as 250m or 512Mi`,
    );
  }
  return found;
}

function answerOf(estimate: CostEstimate, present: RunningService | undefined) {
  const { currency, monthly, complete, resources, similar } = estimate;
  const money = moneyIn(currency);
  const range = ({ min, max }: MonthlyRange) => ({
    least: money(min),
    most: money(max),
  });
  return {
    cluster: estimate.cluster,
    complete,
    // What has no price at all does not cost nothing.
    ...((complete || resources.length > 0) && { perMonth: range(monthly) }),
    byResource: resources.map(({ resource, monthly: of }) => ({
      resource,
      perMonth: range(of),
    })),
    prices: [
      ...new Set(
        estimate.pods.flatMap(({ prices }) =>
          prices.map(
            ({ resource, price, unit, said }) =>
              `${resource}: ${price} ${currency} a ${unit}. ${said.message}`,
          ),
        ),
      ),
    ],
    ...(estimate.withIdle && { withShareOfIdle: range(estimate.withIdle) }),
    alternatives: estimate.choices.map(choice => ({
      id: choice.id,
      complete: choice.complete,
      ...((choice.complete || BigInt(choice.monthly.max) > 0n) && {
        perMonth: range(choice.monthly),
      }),
      ...(choice.saves && { saves: range(choice.saves) }),
      notes: notesOf(choice.unknown.map(({ said }) => said.message)),
    })),
    ...(present && { now: presentOf(present, estimate) }),
    ...(similar && {
      similar: {
        count: similar.count,
        median: money(similar.median),
        lowest: money(similar.lowest),
        highest: money(similar.highest),
        note: similar.said.message,
      },
    }),
    notes: notesOf([
      ...estimate.unknown.map(({ said }) => said.message),
      ...estimate.remarks.map(({ message }) => message),
      estimate.simulated && SIMULATED,
    ]),
  };
}

function presentOf(
  present: RunningService,
  { monthly, complete }: CostEstimate,
) {
  const money = moneyIn(present.currency);
  const now = present.monthly;
  return {
    service: present.entityRef,
    complete: present.complete,
    ...(now !== undefined && { perMonth: money(now) }),
    replicas: present.replicas,
    ...(now !== undefined &&
      present.complete &&
      complete && {
        more: {
          least: money(BigInt(monthly.min) - BigInt(now)),
          most: money(BigInt(monthly.max) - BigInt(now)),
        },
      }),
    notes: notesOf([
      present.status === 'no-workloads' &&
        'Nothing that runs is linked to it, so what it costs now is not known.',
      ...present.unknown.map(({ said }) => said.message),
      ...present.remarks.map(({ message }) => message),
    ]),
  };
}
