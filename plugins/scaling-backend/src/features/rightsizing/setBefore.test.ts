import { KubernetesTarget, PlannedAction, targetKey } from '@headroom/common';
import { withSetters } from './setBefore';

const target = {
  type: 'kubernetes',
  cluster: 'one',
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  resource: 'deployments',
  namespace: 'shop',
  name: 'web',
  uid: 'uid-web',
  resourceVersion: '7',
} satisfies KubernetesTarget;
const CPU = [
  'spec',
  'template',
  'spec',
  'containers',
  '[name=web]',
  'resources',
  'requests',
  'cpu',
];

const settersOf = (managers: readonly string[]) => {
  const [{ changes }] = withSetters(
    [
      {
        target,
        changes: [{ path: CPU, before: '1', after: '500m' }],
      } as unknown as PlannedAction,
    ],
    new Map([
      [
        targetKey(target),
        {
          managedFields: managers.map(manager => ({
            manager,
            operation: 'Update',
            fieldsV1: {
              'f:spec': {
                'f:template': {
                  'f:spec': {
                    'f:containers': {
                      'k:{"name":"web"}': {
                        'f:resources': { 'f:requests': { 'f:cpu': {} } },
                      },
                    },
                  },
                },
              },
            },
          })),
        },
      ],
    ]),
  );
  return changes.map(({ setBy }) => setBy);
};

it('says who had set what advice changes, and not that it was Headroom', () => {
  expect(settersOf(['kubectl-edit'])).toEqual(['kubectl-edit']);
  expect(settersOf(['helm', 'headroom'])).toEqual(['helm']);
  expect(settersOf(['headroom'])).toEqual([undefined]);
  expect(settersOf([])).toEqual([undefined]);
});
