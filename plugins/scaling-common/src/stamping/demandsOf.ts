import { parseQuantity } from '@headroom/common';
import { HOURS_PER_MONTH, PodDemand } from '@headroom/plugin-cost-common';
import { readSchedule, runningShare } from './readSchedule';
import { ServiceSpec } from './ServiceSpec';

/** What of a spec decides what it costs. @public */
export type CostedSpec = Pick<
  ServiceSpec,
  'name' | 'replicas' | 'requests' | 'spot' | 'timezone'
> &
  Partial<Pick<ServiceSpec, 'kind' | 'gpu' | 'storage' | 'schedule'>>;

/**
 * The pods of a service that is to be created, as an estimate of its cost asks for
 * them: what one replica requests, and the hours of a month in which its schedule
 * lets it run; beside them its volumes, which are paid all month. A schedule that
 * can't be read keeps nothing down.
 *
 * Throws a RangeError that names the field whose quantity can't be read.
 *
 * @public
 */
export function demandsOf(spec: CostedSpec): PodDemand[] {
  const { name, replicas, requests, gpu, storage, spot } = spec;
  return [
    {
      name,
      replicas,
      cpuCores: quantityOf('requests.cpu', requests.cpu),
      memoryBytes: quantityOf('requests.memory', requests.memory),
      ...(gpu && {
        gpu: {
          sharing: gpu.sharing,
          devices: 1,
          ...(gpu.memory !== undefined && {
            memoryBytes: quantityOf('gpu.memory', gpu.memory),
          }),
          ...(gpu.model !== undefined && { model: gpu.model }),
        },
      }),
      spot,
      hoursPerMonth: hoursOf(spec),
    },
    ...(storage === undefined ? [] : [volumeOf(spec, storage)]),
  ];
}

/** A volume is there, and paid, also while nothing runs; a training has one for all its runs. */
function volumeOf(
  { name, kind, replicas, spot }: CostedSpec,
  storage: string,
): PodDemand {
  return {
    name: `${name}-volume`,
    replicas: kind === 'training-job' ? { min: 1, max: 1 } : replicas,
    cpuCores: 0,
    memoryBytes: 0,
    storageBytes: quantityOf('storage', storage),
    spot,
    hoursPerMonth: HOURS_PER_MONTH,
  };
}

function hoursOf({ schedule, timezone }: CostedSpec): number {
  const policy =
    schedule === undefined
      ? undefined
      : readSchedule(schedule, timezone, { nowMs: 0 }).policy;
  return policy ? HOURS_PER_MONTH * runningShare(policy) : HOURS_PER_MONTH;
}

function quantityOf(field: string, text: string): number {
  const quantity = parseQuantity(text);
  if (quantity === undefined || quantity < 0) {
    throw new RangeError(
      `${field} is "${text}"; it must be a quantity such as 250m or 512Mi`,
    );
  }
  return quantity;
}
