import { workloadOf } from './workload';

describe('workloadOf', () => {
  const of = (properties: Parameters<typeof workloadOf>[0]['properties']) => {
    const { workloadKind, workload } = workloadOf({
      name: 'item',
      properties,
    } as Parameters<typeof workloadOf>[0]);
    return `${workloadKind}/${workload}`;
  };

  it.each([
    [{ controllerKind: 'statefulset', controller: 'db' }, 'StatefulSet/db'],
    [{ pod: 'debug', node: 'node-1' }, 'Pod/debug'],
    [{ pod: 'etcd-node-1', node: 'node-1' }, 'Pod/etcd'],
    [{ pod: 'etcd-node-1' }, 'Pod/etcd-node-1'],
    [{ controller: '__unallocated__', pod: 'debug' }, 'Pod/debug'],
    [{}, 'Pod/item'],
  ])('%j is %s', (properties, workload) => {
    expect(of(properties)).toBe(workload);
  });
});
