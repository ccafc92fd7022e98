import { valueAt } from './fieldValues';
import { patchOf } from './patchOf';

const HPA = {
  metadata: { annotations: {} },
  spec: {
    metrics: [
      { resource: { name: 'memory', target: { averageUtilization: 80 } } },
      { resource: { name: 'cpu', target: { averageUtilization: 70 } } },
    ],
  },
};
const TARGET = [
  'spec',
  'metrics',
  '[resource.name=cpu]',
  'resource',
  'target',
  'averageUtilization',
];

it('finds an element of a list by what it is called further down', () => {
  expect(valueAt(HPA, TARGET)).toBe(70);
  expect(valueAt(HPA, ['spec', 'metrics', '[resource.name=gpu]'])).toBeNull();
  expect(patchOf(HPA, [{ path: TARGET, value: 90 }])).toEqual({
    type: 'json',
    operations: [
      {
        op: 'add',
        path: '/spec/metrics/1/resource/target/averageUtilization',
        value: 90,
      },
    ],
  });
});

it('takes a name with dots as it is first', () => {
  const list = [
    { a: { b: 'x' }, v: 1 },
    { 'a.b': 'x', v: 2 },
  ];
  expect(valueAt({ list: list.slice(1) }, ['list', '[a.b=x]', 'v'])).toBe(2);
});

it('has none where the element is gone', () => {
  expect(
    patchOf({ spec: { metrics: [] } }, [{ path: TARGET, value: 90 }]),
  ).toBeUndefined();
});
