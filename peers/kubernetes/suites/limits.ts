/** What admission to a namespace allows, read from a real API server that enforces it. */
import {
  CoreV1Api,
  V1LimitRange,
  V1ResourceQuota,
} from '@kubernetes/client-node';
import { readInventory } from '@headroom/plugin-clusters-node';
import { NamespaceLimit } from '@headroom/common';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { create, createNamespace, kubeConfigOf, until } from './cluster';

const NAMESPACE = 'limits';
const GIB = 2 ** 30;
const core = kubeConfigOf('admin').makeApiClient(CoreV1Api);
let limits: NamespaceLimit[];

function pod(name: string, resources: object) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: NAMESPACE, name },
    spec: {
      containers: [{ name: 'main', image: 'example.com/main:1', resources }],
    },
  };
}

async function read(): Promise<NamespaceLimit[]> {
  const inventory = await readInventory(kubeConfigOf('reader'), {
    signal: new AbortController().signal,
  });
  assert.deepEqual(inventory.unreadable, []);
  return inventory.limits!.filter(({ namespace }) => namespace === NAMESPACE);
}

before(async () => {
  await createNamespace(NAMESPACE);
  await create<V1LimitRange>({
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { namespace: NAMESPACE, name: 'bounds' },
    spec: {
      limits: [
        {
          type: 'Container',
          min: { cpu: '100m' },
          max: { cpu: '2', memory: '2Gi' },
          // The client's name of `default`.
          _default: { memory: '1Gi' },
          maxLimitRequestRatio: { cpu: '20' },
        },
        { type: 'Pod', max: { cpu: '3' } },
      ],
    },
  });
  await create<V1ResourceQuota>({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { namespace: NAMESPACE, name: 'team' },
    spec: { hard: { cpu: '10', 'limits.memory': '16Gi', pods: '20' } },
  });
  await until('the quota is counted', async () => {
    const quota = await core.readNamespacedResourceQuota({
      namespace: NAMESPACE,
      name: 'team',
    });
    return quota.status?.used?.cpu;
  });
  const requests = { cpu: '500m', memory: '1Gi' };
  const max = { cpu: '1', memory: '2Gi' };
  await create(pod('given', { requests, limits: max }));
  await create(pod('bare', {}));
  limits = await until('both pods are counted', async () => {
    const found = await read();
    const quota = found.find(({ kind }) => kind === 'ResourceQuota');
    const counted =
      quota?.kind === 'ResourceQuota' && quota.used.memoryLimitBytes;
    return counted === 3 * GIB && found;
  });
});

describe('limits of a namespace', () => {
  it('are read with the defaults the API server fills in', () => {
    const range = limits.find(({ kind }) => kind === 'LimitRange');
    assert.ok(range?.kind === 'LimitRange');
    assert.deepEqual(
      range.lines.map(({ type, resource }) => [type, resource]),
      [
        ['Container', 'cpu'],
        ['Container', 'memory'],
        ['Pod', 'cpu'],
      ],
    );
    const [cpu, memory, podCpu] = range.lines;
    assert.deepEqual(cpu, {
      type: 'Container',
      resource: 'cpu',
      min: 0.1,
      max: 2,
      default: 2,
      defaultRequest: 2,
      maxLimitRequestRatio: 20,
    });
    assert.deepEqual([memory.default, memory.defaultRequest], [GIB, GIB]);
    assert.deepEqual(podCpu, { type: 'Pod', resource: 'cpu', max: 3 });
  });

  it('are read with what is used', () => {
    const quota = limits.find(({ kind }) => kind === 'ResourceQuota');
    assert.ok(quota?.kind === 'ResourceQuota');
    assert.deepEqual(quota.hard, {
      cpuRequestCores: 10,
      memoryLimitBytes: 16 * GIB,
    });
    // Half a core, and two that a container without a request is given.
    assert.equal(quota.used.cpuRequestCores, 2.5);
    assert.deepEqual(quota.scopes, []);
  });

  it('are what refuses a pod below, above and beyond the ratio', async () => {
    const refused = (name: string, cpu: [string, string]) =>
      assert.rejects(
        create(
          pod(name, { requests: { cpu: cpu[0] }, limits: { cpu: cpu[1] } }),
        ),
        /minimum cpu usage|maximum cpu usage|max limit to request ratio/,
      );
    await refused('below', ['50m', '1']);
    await refused('above', ['1', '2500m']);
    await refused('apart', ['100m', '2001m']);
  });
});
