import {
  aggregateName,
  aggregateProperties,
  needsOfAggregate,
  parseAggregate,
} from './aggregate';
import { AllocationProperties, needsOf } from './properties';

const WEB: AllocationProperties = {
  cluster: 'eu',
  node: 'node-1',
  namespace: 'shop',
  controllerKind: 'deployment',
  controller: 'web',
  pod: 'web-1',
  container: 'app',
  services: ['front', 'back'],
  labels: { app: 'web', env: 'prod', a_b: 'c' },
  annotations: { team: 'blue', env: 'other' },
};

it.each([
  ['cluster', 'eu'],
  ['namespace,pod', 'shop/web-1'],
  ['controllerkind', 'deployment'],
  ['controller', 'deployment:web'],
  ['Deployment,job', 'web/__unallocated__'],
  ['service', 'front'],
  ['label:a.b', 'c'],
  ['label:missing,annotation:team', '__unallocated__/blue'],
  // A label, else an annotation.
  ['environment', 'prod'],
  ['team', 'blue'],
  ['product,owner', 'web/__unallocated__'],
  ['namespace, namespace', 'shop'],
])('by %s it is of %s', (text, name) => {
  expect(aggregateName(parseAggregate(text)!, WEB)).toBe(name);
});

it.each(['', 'nodes', 'namespace,', 'label:', 'provider'])(
  'cannot be by %j',
  text => {
    expect(parseAggregate(text)).toBeUndefined();
  },
);

it('has in common what it is by', () => {
  const by = (text: string) => aggregateProperties(parseAggregate(text)!, WEB);
  expect(by('namespace,controller')).toEqual({
    cluster: 'eu',
    namespace: 'shop',
    controllerKind: 'deployment',
    controller: 'web',
  });
  expect(by('label:env,service,statefulset')).toEqual({
    cluster: 'eu',
    labels: { env: 'prod' },
    services: ['front'],
  });
});

it('needs no more than what it is by', () => {
  const needs = (text: string) =>
    needsOf(needsOfAggregate(parseAggregate(text)!));
  const nothing = needs('cluster');
  expect(nothing).toMatchObject({
    node: false,
    namespace: false,
    pod: false,
    labels: [],
  });
  expect(needs('namespace,controller')).toEqual({
    ...nothing,
    namespace: true,
    controller: true,
  });
  expect(needs('label:b,team')).toEqual({
    ...nothing,
    labels: ['b', 'team'],
    annotations: ['team'],
  });
});

it('unmounted volumes are of no Service', () => {
  const unmounted = { namespace: '__unmounted__', services: ['front'] };
  expect(aggregateName([{ by: 'service' }], unmounted)).toBe('__unmounted__');
});
