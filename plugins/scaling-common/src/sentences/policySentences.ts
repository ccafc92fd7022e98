import { Worded, createWorder } from '@headroom/common';
import { PolicyOrigin } from '../policies/Policy';
import { PolicyScope } from '../policies/PolicyScope';

/**
 * Which policy is for what, and why.
 *
 * @public
 */
export const POLICY_SENTENCES = {
  wins: '{{subject}} is under {{policy}}, which is for {{scope}}.',
  losesToNarrower:
    '{{policy}} is for {{scope}}; {{winner}}, for {{narrower}}, is narrower and wins, whole.',
  losesByOrigin:
    '{{policy}} and {{winner}} are both for {{scope}}; what was made {{better}} wins over what was made {{worse}}. Take one of them away, or make one narrower.',
  losesById:
    '{{policy}} and {{winner}} are both for {{scope}} and made in the same place; the one whose id is first wins. Take one of them away, or make one narrower.',

  scopeWorkload: '{{kind}} {{namespace}}/{{name}}',
  scopeSelector: 'workloads with {{selector}}',
  scopeSelectorIn: 'workloads with {{selector}} in {{namespaces}}',
  scopeService: 'the service {{entityRef}}',
  scopeNamespace: 'the namespace {{namespace}}',
  scopeSystem: 'the system {{entityRef}}',
  scopeTeam: 'the team {{entityRef}}',
  scopeAll: 'everything',

  originPage: 'on the page',
  originAnnotation: 'by annotation of {{of}}',
  originConfig: 'in the configuration',
} as const;

/** @internal */
export const sayPolicy = createWorder('scalingPolicies', POLICY_SENTENCES);

/** A scope in words, as part of a sentence. @public */
export function wordScope(scope: PolicyScope): Worded {
  switch (scope.type) {
    case 'workload': {
      const { kind, namespace, name } = scope;
      return sayPolicy('scopeWorkload', { kind, namespace, name });
    }
    case 'selector':
      return scope.namespaces
        ? sayPolicy('scopeSelectorIn', {
            selector: scope.selector,
            namespaces: scope.namespaces.join(', '),
          })
        : sayPolicy('scopeSelector', { selector: scope.selector });
    case 'service':
      return sayPolicy('scopeService', { entityRef: scope.entityRef });
    case 'namespace':
      return sayPolicy('scopeNamespace', { namespace: scope.namespace });
    case 'system':
      return sayPolicy('scopeSystem', { entityRef: scope.entityRef });
    case 'team':
      return sayPolicy('scopeTeam', { entityRef: scope.entityRef });
    case 'all':
    default:
      return sayPolicy('scopeAll');
  }
}

/** Where a policy was made, as part of a sentence. @public */
export function wordOrigin(origin: PolicyOrigin): Worded {
  switch (origin.type) {
    case 'page':
      return sayPolicy('originPage');
    case 'annotation':
      return sayPolicy('originAnnotation', { of: origin.of });
    case 'config':
    default:
      return sayPolicy('originConfig');
  }
}
