import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Policy, PolicyScope } from '@headroom/plugin-scaling-common';

/** The kind of the entities of a scope; undefined = it isn't of entities. */
export function catalogKind(
  type: PolicyScope['type'],
): 'component' | 'system' | 'group' | undefined {
  switch (type) {
    case 'service':
      return 'component';
    case 'system':
      return 'system';
    case 'team':
      return 'group';
    default:
      return undefined;
  }
}

/** What is typed of an entity, as a ref: `web` is `component:default/web`. */
function refOf(text: string, defaultKind: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(text.trim(), { defaultKind, defaultNamespace: 'default' }),
    );
  } catch {
    return text.trim();
  }
}

/** A policy as it is sent: without blanks around names, with whole entity refs. */
export function normalized(policy: Policy): Policy {
  const { scope } = policy;
  const kind = catalogKind(scope.type);
  return {
    ...policy,
    title: policy.title.trim(),
    scope:
      kind && 'entityRef' in scope
        ? { ...scope, entityRef: refOf(scope.entityRef, kind) }
        : scope,
  };
}
