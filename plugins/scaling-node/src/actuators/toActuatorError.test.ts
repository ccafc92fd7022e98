import { KubernetesTarget } from '@headroom/common';
import {
  KubernetesApiError,
  KubernetesFailure,
} from '@headroom/plugin-clusters-node';
import {
  ActuatorError,
  ActuatorFailure,
} from '@headroom/plugin-controllers-node';
import { toActuatorError } from './toActuatorError';

const target: KubernetesTarget = {
  type: 'kubernetes',
  cluster: 'c',
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  resource: 'horizontalpodautoscalers',
  namespace: 'shop',
  name: 'web',
  uid: 'u',
  resourceVersion: '1',
};

it.each<[KubernetesFailure, boolean, ActuatorFailure]>([
  ['Conflict', false, 'conflict'],
  ['DisruptionBudget', false, 'wait'],
  ['TooManyRequests', false, 'wait'],
  ['Forbidden', false, 'forbidden'],
  ['Unauthorized', false, 'forbidden'],
  ['NotFound', false, 'gone'],
  ['NotServed', false, 'gone'],
  ['Invalid', false, 'invalid'],
  ['Rejected', false, 'invalid'],
  ['Failed', true, 'uncertain'],
  ['Failed', false, 'unreachable'],
  ['Timeout', true, 'uncertain'],
  ['Timeout', false, 'unreachable'],
  ['Unreachable', false, 'unreachable'],
  ['Unreadable', true, 'uncertain'],
])('takes %s (uncertain: %s) for %s', (failure, uncertain, kind) => {
  const error = new KubernetesApiError('No.', {
    failure,
    uncertain,
    retryAfterMs: 3000,
  });
  expect(toActuatorError(error, { target, verbs: ['get'] })).toMatchObject({
    kind,
    message: 'No.',
    retryAfterMs: 3000,
  });
});

it('names the permission that is missing', () => {
  const error = new KubernetesApiError('No.', { failure: 'Forbidden' });
  const { mend } = toActuatorError(error, {
    target,
    verbs: ['get', 'patch'],
  }) as ActuatorError;
  expect(mend).toBe(
    "- { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: [get, patch] } # for namespace shop",
  );
});

it('leaves what is none of the API as it is', () => {
  const error = new TypeError('x');
  expect(toActuatorError(error, { target, verbs: [] })).toBe(error);
});
