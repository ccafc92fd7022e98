import { ResourceMicros } from '../resources/resources';

/** Nothing, for every resource; a new object each time. @public */
export function zeroResources(): ResourceMicros {
  return { cpu: 0n, memory: 0n, gpu: 0n, storage: 0n, network: 0n };
}

/** Sum a resource of two amounts of one currency. @public */
export function addResources(
  a: ResourceMicros,
  b: ResourceMicros,
): ResourceMicros {
  return {
    cpu: a.cpu + b.cpu,
    memory: a.memory + b.memory,
    gpu: a.gpu + b.gpu,
    storage: a.storage + b.storage,
    network: a.network + b.network,
  };
}

/** Sum over all resources. @public */
export function totalOf(amount: ResourceMicros): bigint {
  return (
    amount.cpu + amount.memory + amount.gpu + amount.storage + amount.network
  );
}
