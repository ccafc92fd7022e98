import { allocationItemSchema } from '../answer/schema';
import { workloadOf } from './workload';

describe('workloadOf', () => {
  const of = (properties: Record<string, string>) => {
    const { workloadKind, workload } = workloadOf(
      allocationItemSchema.parse({ name: 'item', properties }),
    );
    return `${workloadKind}/${workload}`;
  };

  it.each<[Record<string, string>, string]>([
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
