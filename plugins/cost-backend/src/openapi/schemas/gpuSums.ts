// Money and energy of GPUs.
import { z } from 'zod';
import { micros } from './shared';

export const gpuMoney = z
  .object({
    cost: micros,
    used: micros,
    unused: micros.describe(
      'Held and not computing: all of it when nothing was computed, else what the busy share leaves.',
    ),
    unknown: micros.describe(
      'Held with no reading that counts: neither used nor unused can be said.',
    ),
    idle: micros.describe('Not held by anybody.'),
    stranded: micros.describe(
      'Of a board cut into instances: what no instance covers.',
    ),
  })
  .meta({
    id: 'GpuMoney',
    description:
      'Money of GPUs over the window; the other parts sum to `cost`.',
  });

export const gpuEnergy = z
  .object({
    kilowattHours: z
      .number()
      .describe('Of `knownHours`: of the others it is not known.'),
    deviceHours: z.number().describe('Device-hours, of whole boards.'),
    knownHours: z
      .number()
      .describe('Of `deviceHours`: those whose power is known.'),
    micros: micros
      .optional()
      .describe(
        'At the configured price of a kilowatt-hour; absent = there is none.',
      ),
  })
  .meta({
    id: 'GpuEnergy',
    description:
      'Energy of GPUs over the window: mean power × time. A device that is shared is split as its time is, the energy of a board that is cut as its price.',
  });

export const gpuWorkloadEnergy = z
  .object({
    ...gpuEnergy.shape,
    cluster: z.string(),
    namespace: z.string(),
    workloadKind: z.string(),
    workload: z.string(),
    container: z.string(),
    entityRef: z.string().optional().describe('The service it is linked to.'),
  })
  .meta({
    id: 'GpuWorkloadEnergy',
    description: 'Energy of the GPUs that one workload held.',
  });

export const gpuEnergyReport = z
  .object({
    total: gpuEnergy,
    held: gpuEnergy,
    idle: gpuEnergy.describe('Not held by anybody.'),
    ownerUnknown: gpuEnergy.describe('No label says who held them.'),
    stranded: gpuEnergy.describe(
      'Of boards cut into instances: the part of no instance.',
    ),
    price: z
      .object({ perKilowattHour: z.string(), currency: z.string() })
      .optional()
      .describe('As configured: decimal string in the stored currency.'),
    workloads: z
      .array(gpuWorkloadEnergy)
      .describe('Those that took most, at most 500.'),
    services: z
      .array(gpuEnergy.extend(z.object({ entityRef: z.string() }).shape))
      .describe(
        'Of the services their workloads are linked to, the most first.',
      ),
  })
  .meta({
    id: 'GpuEnergyReport',
    description: 'Energy of all GPUs of a report; the parts sum to `total`.',
  });
