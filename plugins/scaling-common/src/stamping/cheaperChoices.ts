import { parseQuantity, Worded } from '@headroom/common';
import { migProfileFor } from './render/gpuResource';
import { CostedSpec } from './demandsOf';
import { isBatch } from './render/names';
import { ServiceSpec } from './ServiceSpec';
import { sayStamping } from './stampingSentences';

/** What would cost less, and what is given up for it. @public */
export interface CheaperChoice {
  id: 'night' | 'spot' | 'one-replica' | 'time-slicing' | 'mig' | 'fewer';
  said: Worded;
  /** The spec with that choice. */
  spec: CostedSpec & Pick<ServiceSpec, 'kind' | 'environment' | 'criticality'>;
}

/** Working hours, as `headroom.io/schedule` is written. */
const WORKING_HOURS = 'mon-fri 07:00-19:00; outside=0';

/**
 * The next cheaper choices of a service, in no order: an estimate prices them. Each
 * changes one thing, and none is what `checkServiceSpec` refuses.
 *
 * @public
 */
export function cheaperChoices(spec: CheaperChoice['spec']): CheaperChoice[] {
  const { criticality, environment, kind, gpu, replicas } = spec;
  const choices: CheaperChoice[] = [];
  const isTraining = kind === 'training-job';
  if (
    environment !== 'production' &&
    criticality !== 'critical' &&
    spec.schedule === undefined &&
    !isBatch(spec as ServiceSpec)
  ) {
    choices.push({
      id: 'night',
      said: sayStamping('cheaperNight'),
      spec: { ...spec, schedule: WORKING_HOURS },
    });
  }
  if (!spec.spot && criticality !== 'critical') {
    choices.push({
      id: 'spot',
      said: sayStamping('cheaperSpot'),
      spec: { ...spec, spot: true },
    });
  }
  if (
    replicas.min > 1 &&
    criticality === 'dev' &&
    environment === 'development'
  ) {
    choices.push({
      id: 'one-replica',
      said: sayStamping('cheaperOne'),
      spec: { ...spec, replicas: { ...replicas, min: 1 } },
    });
  }
  if (gpu?.sharing === 'whole' && gpu.memory !== undefined && !isTraining) {
    const bytes = parseQuantity(gpu.memory);
    if (environment !== 'production' && criticality !== 'critical') {
      choices.push({
        id: 'time-slicing',
        said: sayStamping('cheaperTimeSlicing'),
        spec: { ...spec, gpu: { ...gpu, sharing: 'time-slicing' } },
      });
    }
    const slice =
      bytes !== undefined && gpu.model
        ? migProfileFor(bytes, gpu.model)
        : undefined;
    if (slice && slice.maxPerBoard > 1) {
      choices.push({
        id: 'mig',
        said: sayStamping('cheaperMig'),
        spec: { ...spec, gpu: { ...gpu, sharing: 'mig' } },
      });
    }
  }
  const max = Math.ceil(replicas.max / 2);
  if (max > replicas.min && max < replicas.max) {
    choices.push({
      id: 'fewer',
      said: sayStamping('cheaperMax', { max }),
      spec: { ...spec, replicas: { ...replicas, max } },
    });
  }
  return choices;
}
