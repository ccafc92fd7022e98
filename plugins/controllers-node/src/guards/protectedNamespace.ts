import { sayActing } from '@headroom/common';
import { Guard } from './Guard';

/** Kubernetes' own; configuration adds to them and can't take them away. @public */
export const ALWAYS_PROTECTED: readonly string[] = [
  'kube-system',
  'kube-public',
  'kube-node-lease',
];

/** Nothing is changed in protected namespaces, nor are they themselves. */
export const protectedNamespace: Guard = ({ asked: { action }, limits }) => {
  const { target } = action;
  if (target.type !== 'kubernetes') {
    return [];
  }
  const namespace =
    target.kind === 'Namespace' && target.group === ''
      ? target.name
      : target.namespace;
  return namespace !== undefined &&
    [...ALWAYS_PROTECTED, ...limits.protectedNamespaces].includes(namespace)
    ? [
        {
          guard: 'protected-namespace',
          reason: sayActing('protectedNamespace', { namespace }),
        },
      ]
    : [];
};
