import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { DAY_MS } from '@headroom/common';
import { labelSelector } from './kubernetes/selectors';
import { createWorld } from './world/createWorld';

interface Entity {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  spec: Record<string, any>;
}

const FOLDER = join(__dirname, '../../../examples');
const entities = readdirSync(FOLDER)
  .filter(file => file.endsWith('.yaml'))
  .flatMap(file => parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8')))
  .map(document => document.toJS() as Entity);

const refOf = ({ kind, metadata }: Entity) =>
  `${kind.toLocaleLowerCase('en-US')}:default/${metadata.name}`;
const refs = new Set(entities.map(refOf));
const components = entities.filter(({ kind }) => kind === 'Component');

const START = new Date('2026-01-05T00:00:00Z');
const world = createWorld({ seed: 1, start: START });
const end = new Date(START.getTime() + 60 * DAY_MS);
// The last two weeks of the history: the youngest service is four days old.
const from = new Date(end.getTime() - 14 * DAY_MS);
const containers = world.clusters.flatMap(
  cluster => cluster.observe(from, end).containers,
);

/** Whether a component's annotations point at a pod with these labels. */
function matches(component: Entity) {
  const annotations = component.metadata.annotations ?? {};
  const selector =
    annotations['backstage.io/kubernetes-label-selector'] ??
    (annotations['backstage.io/kubernetes-id'] &&
      `backstage.io/kubernetes-id=${annotations['backstage.io/kubernetes-id']}`);
  const namespace = annotations['backstage.io/kubernetes-namespace'];
  const selects = selector ? labelSelector(selector) : () => false;
  return (container: (typeof containers)[number]) =>
    (!namespace || namespace === container.namespace) &&
    selects({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: container.pod,
        uid: '',
        creationTimestamp: '',
        labels: container.labels,
      },
    });
}

describe('the catalog of the demo', () => {
  it('refers to nothing that is not there', () => {
    const full = (ref: string, kind: string) =>
      ref.includes(':') ? ref : `${kind}:default/${ref}`;
    for (const { spec } of entities) {
      const named = [
        ...[spec.owner, spec.parent].filter(Boolean).map(r => full(r, 'group')),
        ...[...(spec.children ?? []), ...(spec.memberOf ?? [])].map(r =>
          full(r, 'group'),
        ),
        ...[spec.system].filter(Boolean).map(r => full(r, 'system')),
        ...[spec.domain].filter(Boolean).map(r => full(r, 'domain')),
        ...(spec.dependsOn ?? []),
        ...(spec.providesApis ?? []).map((r: string) => full(r, 'api')),
      ];
      expect(named.filter(ref => !refs.has(ref))).toEqual([]);
    }
    expect(refs).toContain('user:default/guest');
  });

  it.each(components.map(component => [component.metadata.name, component]))(
    '%s finds its workloads, and only its own',
    (name, component) => {
      const found = new Set(
        containers.filter(matches(component)).map(c => c.workload),
      );
      // One runs on no cluster.
      expect(found.size > 0).toBe(name !== 'mobile-app');
      for (const other of components.filter(c => c !== component)) {
        const theirs = containers.filter(matches(other));
        expect(theirs.filter(matches(component))).toEqual([]);
      }
    },
  );

  it('leaves only the system and what nobody owns without a service', () => {
    const tests = components.map(matches);
    const unowned = new Set(
      containers
        .filter(container => !tests.some(test => test(container)))
        .map(container => container.namespace),
    );
    expect([...unowned].sort()).toEqual([
      'kube-system',
      'legacy',
      'monitoring',
    ]);
  });

  it('has every service that requests are counted for', () => {
    const counted = world.clusters.flatMap(cluster =>
      cluster.units(START, end).map(unit => unit.match.entityRef),
    );
    expect([...new Set(counted)].filter(ref => !refs.has(ref))).toEqual([]);
  });
});
