/** Every object of every set, as the API server would create it, strictly. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createNamespace } from '../../kubernetes/suites/cluster';
import { ask, pathOf } from './apiServer';
import { peer } from './peer';
import { Manifest, renderedSets } from './rendered';

/** Objects of kinds that the API server doesn't have. */
const notServed = new Map<string, number>();
let asked = 0;

async function refusalOf(object: Manifest): Promise<string | undefined> {
  const { apiVersion, kind, metadata } = object;
  const path = await pathOf(apiVersion, kind, metadata.namespace);
  if (path === undefined) {
    const key = `${apiVersion} ${kind}`;
    notServed.set(key, (notServed.get(key) ?? 0) + 1);
    return undefined;
  }
  asked += 1;
  const { code, body } = await ask(
    'POST',
    `${path}?dryRun=All&fieldValidation=Strict`,
    object,
  );
  return code === 201
    ? undefined
    : `${kind} ${metadata.name}: ${code} ${body.message}`;
}

before(async () => {
  const named = renderedSets.flatMap(({ objects }) =>
    objects.map(({ metadata }) => metadata.namespace),
  );
  const made = new Set(
    renderedSets.flatMap(({ objects }) =>
      objects
        .filter(({ kind }) => kind === 'Namespace')
        .map(({ metadata }) => metadata.name),
    ),
  );
  // A dry run makes no namespace for the next one.
  for (const name of new Set([...named, ...made])) {
    if (name !== undefined && !/^kube-|^default$/.test(name)) {
      await createNamespace(name);
    }
  }
});

after(() => {
  process.stdout.write(`The API server was asked about ${asked} objects\n`);
  for (const [kind, count] of notServed) {
    process.stdout.write(`Not asked, no definition: ${count} × ${kind}\n`);
  }
});

describe('the API server', () => {
  for (const { title, objects } of renderedSets) {
    it(`would create ${title}`, async () => {
      const refusals = await Promise.all(
        objects
          // It is there already, for what is in it.
          .filter(({ kind }) => kind !== 'Namespace')
          .map(refusalOf),
      );
      assert.deepEqual(refusals.filter(Boolean), []);
    });
  }

  it('has a definition of every kind, where definitions are given', () => {
    if (peer.data !== undefined) {
      assert.deepEqual([...notServed.keys()], []);
    }
  });

  it('refuses what a definition forbids', async () => {
    const refusal = await refusalOf({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        maxReplicas: 3,
        minReplicas: 4,
        scaleTargetRef: { kind: 'Deployment', name: 'web' },
      },
    });
    assert.match(refusal ?? '', /422/);
    const typo = await refusalOf({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web', namespace: 'default' },
      spec: { maxUnavailble: 1 },
    });
    assert.match(typo ?? '', /400 .*maxUnavailble/);
  });
});
