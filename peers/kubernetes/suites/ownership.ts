/** Fields that somebody else has, and rights that are missing: what a write then meets. */
import {
  KubernetesObject,
  PatchStrategy,
  V1Deployment,
} from '@kubernetes/client-node';
import { kindOfManager, ownersOf } from '@headroom/plugin-clusters-node';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { DEPLOYMENTS, installedWriter } from './access';
import { change, read } from './changes';
import { objects } from './cluster';
import { createRoom, objectOf, podTemplate, replicasOf } from './room';
import { errorOf } from './writtenDeployment';

const ROOM = 'ownership';
const ARGO = 'argocd-controller';
const REPLICAS = ['spec', 'replicas'];
const { signal } = new AbortController();
const deployment = (name: string) => ({
  ...DEPLOYMENTS,
  namespace: ROOM,
  name,
});
const GIT = deployment('git');

/** As Argo CD does it with `ServerSideApply=true`; with force unless it is told not to. */
async function sync(name: string, spec: object, force = true) {
  const desired: KubernetesObject = objectOf(
    'apps/v1',
    'Deployment',
    ROOM,
    name,
    {
      spec: {
        selector: { matchLabels: { app: name } },
        template: podTemplate(ROOM, name, { cpu: '100m' }),
        ...spec,
      },
    },
  );
  await objects.patch(
    desired,
    undefined,
    undefined,
    ARGO,
    force,
    PatchStrategy.ServerSideApply,
  );
}

async function ownersOfReplicas(name: string) {
  const { metadata } = await read<V1Deployment>(deployment(name));
  return ownersOf(
    metadata!.managedFields as Parameters<typeof ownersOf>[0],
    REPLICAS,
  ).map(({ manager, operation }) => `${manager} ${operation}`);
}

before(async () => {
  await createRoom(ROOM);
  await sync('git', { replicas: 4 });
  await sync('free', {});
});

describe('a field that Git has', () => {
  it('says so before anybody writes it', async () => {
    assert.deepEqual(await ownersOfReplicas('git'), [`${ARGO} Apply`]);
    assert.equal(kindOfManager(ARGO), 'argocd');
  });

  it('is not applied against its owner', async () => {
    const { failure, conflicts } = await errorOf(
      installedWriter().apply(GIT, { spec: { replicas: 2 } }, { signal }),
    );
    assert.equal(failure, 'Conflict');
    assert.deepEqual(conflicts, [{ manager: ARGO, field: '.spec.replicas' }]);
  });

  it('is taken by a patch without a word, and its owner is then forgotten', async () => {
    await change(GIT, { spec: { replicas: 2 } });
    assert.equal(await replicasOf(ROOM, 'git'), 2);
    assert.deepEqual(await ownersOfReplicas('git'), ['headroom Update']);
  });

  it('is put back by the next sync, which then has it again', async () => {
    await assert.rejects(
      sync('git', { replicas: 4 }, false),
      /conflict with \\\\\\"headroom\\\\\\"/,
    );
    await sync('git', { replicas: 4 });
    assert.equal(await replicasOf(ROOM, 'git'), 4);
    assert.deepEqual(await ownersOfReplicas('git'), [`${ARGO} Apply`]);
  });
});

describe('a field that Git leaves alone', () => {
  it('has no owner, and keeps what is written over a sync', async () => {
    assert.deepEqual(await ownersOfReplicas('free'), []);
    await change(deployment('free'), { spec: { replicas: 3 } });
    await sync('free', {});
    assert.equal(await replicasOf(ROOM, 'free'), 3);
    assert.deepEqual(await ownersOfReplicas('free'), ['headroom Update']);
  });

  it('goes over to Git when that begins to say it', async () => {
    await sync('free', { replicas: 3 });
    assert.deepEqual(await ownersOfReplicas('free'), [
      `${ARGO} Apply`,
      'headroom Update',
    ]);
  });
});
