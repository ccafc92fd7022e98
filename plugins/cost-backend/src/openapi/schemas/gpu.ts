// Answers about GPUs.
import { GPU_BASES, GPU_ADVICE_KINDS } from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { comparison } from './figures';
import { gpuEnergy, gpuEnergyReport, gpuMoney } from './gpuSums';
import { micros, sourceProblem, wording } from './shared';

export const gpuReadingFault = z
  .enum(['impossible', 'latched', 'unlabelled', 'profiling-silent', 'too-few'])
  .meta({
    id: 'GpuReadingFault',
    description:
      'Why readings were set aside: out of range; always the same at the power of a board that computes nothing; no workload labels on a device that is held; a profiling counter at 0 while the device was in use; too few in the hour.',
  });

export const gpuVerdict = z
  .enum([
    'idle',
    'unused-memory-free',
    'unused-memory-held',
    'busy-low',
    'busy',
    'unknown',
  ])
  .meta({ id: 'GpuVerdict', description: 'What a device did over a window.' });

export const gpuDeviceKey = z
  .object({
    cluster: z.string(),
    node: z.string(),
    board: z.string(),
    instance: z.string().optional(),
  })
  .meta({ id: 'GpuDeviceKey', description: 'A GPU or an instance of one.' });

export const gpuSharing = z
  .enum(['whole', 'time-slicing', 'mps', 'mig', 'fraction', 'dra'])
  .meta({ id: 'GpuSharing', description: 'How a GPU is shared.' });

export const gpuBasis = z.enum(GPU_BASES).meta({ id: 'GpuBasis' });

export const gpuVerdictCode = z
  .enum([
    'not-held',
    'no-owner-labels',
    'too-few-readings',
    'profiling-silent',
    'latched',
    'impossible',
    'power-says-busy',
    'power-says-unused',
    'memory-unknown',
    'computes-nothing',
    'computes',
  ])
  .meta({ id: 'GpuVerdictCode', description: 'Why a verdict is what it is.' });

export const gpuTenant = z
  .object({
    namespace: z.string(),
    workloadKind: z.string(),
    workload: z.string(),
    container: z.string(),
    heldHours: z.number(),
    share: z.number().describe('Share of the device while it held it.'),
  })
  .meta({ id: 'GpuTenant', description: 'Who held a device.' });

export const gpuDeviceUse = z
  .object({
    ...gpuDeviceKey.shape,
    model: z.string().optional(),
    nodePool: z.string().optional(),
    sharing: gpuSharing,
    profile: z.string().optional(),
    boardShare: z.number(),
    replicas: z.number().optional(),
    memoryBytes: z.number().optional(),
    basis: gpuBasis.optional(),
    readings: z.number(),
    setAside: z.partialRecord(gpuReadingFault, z.number()),
    hours: z
      .number()
      .describe(
        'Device-hours it existed, was held by somebody, was held and of known use, and was busy.',
      ),
    heldHours: z.number(),
    knownHours: z.number(),
    busyHours: z.number(),
    unusedHours: z
      .number()
      .describe(
        'Hours at which it computed nothing while held (see `verdict`).',
      ),
    reclaimableHours: z
      .number()
      .describe(
        'What a rule that waits could take back: of each unused run, what is left after the wait.',
      ),
    memoryPeakBytes: z.number().optional(),
    memoryMinBytes: z.number().optional(),
    medianBusyShare: z.number().optional(),
    verdict: gpuVerdict,
    verdictCode: gpuVerdictCode
      .optional()
      .describe(
        'Why this is the verdict; absent in answers of older back ends.',
      ),
    verdictReason: z.string(),
    verdictWording: wording.optional(),
    tenants: z.array(gpuTenant),
  })
  .meta({
    id: 'GpuDeviceUse',
    description:
      'A device over a window: five-minute slots, absent readings are null.',
  });

export const gpuDeviceRow = z
  .object({
    ...gpuDeviceUse.shape,
    id: z.string(),
    money: gpuMoney,
    energy: gpuEnergy.optional(),
    days: z
      .array(
        z.object({
          day: z.string(),
          heldHours: z.number(),
          busyHours: z.number().nullable(),
        }),
      )
      .describe('Busy share by day, null = gap.'),
  })
  .meta({
    id: 'GpuDeviceRow',
    description: 'One GPU or instance in the table.',
  });

export const gpuAdviceKind = z
  .enum(GPU_ADVICE_KINDS)
  .meta({ id: 'GpuAdviceKind' });

export const gpuAdvice = z
  .object({
    kind: gpuAdviceKind,
    workload: z.object({
      namespace: z.string(),
      kind: z.string(),
      name: z.string(),
      container: z.string(),
    }),
    entityRef: z
      .string()
      .optional()
      .describe('The service the workload is linked to.'),
    summary: z.string().describe('One sentence: what to do and why.'),
    tradeOff: z
      .string()
      .optional()
      .describe('What is given up: isolation, start-up time, peak speed.'),
    proposal: z.union([
      z.object({ kind: z.literal('remove') }),
      z.object({
        kind: z.literal('shrink'),
        fromDevices: z.number(),
        toDevices: z.number(),
      }),
      z.object({
        kind: z.literal('share'),
        how: z.enum(['time-slicing', 'mps', 'mig']),
        profile: z.string().optional(),
        clients: z.number(),
      }),
      z.object({
        kind: z.literal('move'),
        fromModel: z.string(),
        toModel: z.string(),
        toInstanceType: z.string().optional(),
      }),
      z.object({
        kind: z.literal('schedule'),
        busyHoursOfWeek: z.array(z.number()),
      }),
    ]),
    evidence: z
      .record(z.string(), z.union([z.number(), z.string()]))
      .describe('Figures it stands on, by name: device-hours, shares, bytes.'),
    savingMicros: z.string().describe('A month of 730 hours, micros.'),
    confidence: z.number(),
    withheld: z.string().optional(),
    wording: z
      .object({
        summary: wording,
        tradeOff: wording.optional(),
        withheld: wording.optional(),
      })
      .optional()
      .describe('What a page words the sentences from.'),
  })
  .meta({
    id: 'GpuAdvice',
    description: 'Advice on the GPUs of one workload.',
  });

export const gpuReport = z
  .object({
    entityRef: z.string().optional(),
    status: z
      .enum(['ok', 'no-gpus', 'no-readings', 'no-workloads', 'no-data'])
      .describe(
        '`no-gpus` = nothing held a GPU in the window; `no-readings` = held, but no device reports.',
      ),
    window: z.object({
      start: z.string(),
      end: z.string(),
      timezone: z.string(),
      partialDay: z.string().optional(),
    }),
    currency: z.string(),
    simulated: z.boolean(),
    restricted: z.boolean(),
    headline: z.object({
      deviceHours: z.number(),
      heldHours: z.number(),
      knownHours: z.number(),
      busyHours: z.number(),
      unusedHours: z.number(),
      reclaimableHours: z.number(),
      money: gpuMoney,
      previous: comparison
        .optional()
        .describe(
          '`money.cost` against the window before; absent when nothing is known of that.',
        ),
    }),
    energy: gpuEnergyReport.optional(),
    bases: z
      .array(z.object({ basis: z.string(), hours: z.number() }))
      .describe('What busy shares were measured by, in device-hours by basis.'),
    readings: z.number().describe('Readings set aside, and those that count.'),
    setAside: z.partialRecord(gpuReadingFault, z.number()),
    days: z.array(
      z.object({
        day: z.string(),
        heldHours: z.number(),
        knownHours: z
          .number()
          .optional()
          .describe('Of `heldHours`: those whose use is known.'),
        busyHours: z.number().nullable(),
        idleHours: z.number(),
        memoryHeldShare: z.number().nullable(),
        energy: gpuEnergy.optional(),
      }),
    ),
    heatMap: z
      .array(
        z
          .object({
            held: z.number(),
            known: z
              .number()
              .optional()
              .describe('Of `held`: those whose use is known.'),
            busy: z.number().nullable(),
          })
          .nullable(),
      )
      .describe(
        '168 cells, Monday 00:00 first, in `window.timezone`. Device-hours; null = no data in that hour of any week.',
      ),
    verdicts: z.partialRecord(gpuVerdict, z.number()),
    devices: z.array(gpuDeviceRow),
    boards: z
      .array(
        z.object({
          cluster: z.string(),
          node: z.string(),
          board: z.string(),
          model: z.string().optional(),
          instances: z.array(z.string()),
          strandedShare: z.number(),
          strandedMicros: micros,
        }),
      )
      .describe('Boards cut into instances, with what none of them covers.'),
    advice: z.array(gpuAdvice),
    problems: z.array(sourceProblem),
  })
  .meta({
    id: 'GpuReport',
    description:
      'Answer to "are my GPUs working?", for a service or the fleet.',
  });
