import { GeneratedSeries } from '../world/series';
import { STORAGE_PRICE } from '../world/prices';
import { Container } from './readContainers';
import { Node } from './readNodes';
import {
  countFrom,
  countIn,
  eachSample,
  GIB,
  SECONDS,
  SeriesOf,
  SLOT,
  SLOTS,
  Slots,
} from './samples';

/** Sum of max(request, usage) over the five minutes of an hour. */
function chargedIn(
  hour: number,
  slots: Slots,
  request: number,
  used: Float64Array,
): number {
  let charged = 0;
  for (let slot = hour * SLOTS; slot < (hour + 1) * SLOTS; slot++) {
    const seconds = countFrom(slots, slot * SLOT, SLOT) * SECONDS;
    charged += Math.max(request * seconds, used[slot]);
  }
  return charged;
}

/** Splits an hour of a node among its containers. */
export function chargeNode(
  node: Node,
  hour: number,
  upSeconds: number,
  containers: Container[],
  charge: (service: string, dollars: number) => void,
): void {
  const { capacity, weights } = node;
  const whole = (['cpu', 'memory', 'gpu'] as const).reduce(
    (sum, resource) => sum + capacity[resource] * weights[resource],
    0,
  );
  const dollars = (Number(node.price) * upSeconds) / 3600;
  for (const container of containers) {
    if (container.node === node.name) {
      const seconds = countIn(container.slots, hour) * SECONDS;
      const quantities = {
        cpu: chargedIn(
          hour,
          container.slots,
          container.requests.cpu,
          container.cpu,
        ),
        memory: chargedIn(
          hour,
          container.slots,
          container.requests.memory,
          container.memory,
        ),
        gpu: container.requests.gpu * seconds,
      };
      for (const resource of ['cpu', 'memory', 'gpu'] as const) {
        if (capacity[resource] > 0) {
          const cost =
            dollars * ((capacity[resource] * weights[resource]) / whole);
          charge(
            container.service,
            (cost * quantities[resource]) / (capacity[resource] * upSeconds),
          );
        }
      }
    }
  }
}

/** A claim costs its size for as long as it was there; here one pod mounts each. */
export function chargeVolumes(
  of: SeriesOf,
  containers: Container[],
  charge: (service: string, dollars: number) => void,
): void {
  const claimKey = ({ labels }: GeneratedSeries) =>
    `${labels.namespace}/${labels.persistentvolumeclaim}`;
  const owners = new Map(
    of('kube_pod_spec_volumes_persistentvolumeclaims_info').map(one => {
      const pod = `${one.labels.namespace}/${one.labels.pod}`;
      const service = containers.find(each => each.pod === pod)?.service ?? '';
      return [claimKey(one), service];
    }),
  );
  for (const one of of(
    'kube_persistentvolumeclaim_resource_requests_storage_bytes',
  )) {
    eachSample(one, (_, bytes) =>
      charge(
        owners.get(claimKey(one)) ?? '',
        ((bytes / GIB) * Number(STORAGE_PRICE.gibHourPrice)) / 60,
      ),
    );
  }
}
