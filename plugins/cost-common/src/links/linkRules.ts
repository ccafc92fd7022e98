import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { WorkloadIdentity } from '../allocation/types';
import { labelReader } from './labels';
import { LinkProblems, messageOf } from './problems';
import { WorkloadLink } from './types';

/**
 * A configured link. Every criterion that is given must hold, at least one must
 * be given; the first rule that holds counts. `cluster`, `namespace`, `workload`
 * and label values may hold `*` for any text.
 *
 * @public
 */
export interface LinkRule {
  cluster?: string;
  namespace?: string;
  workload?: string;
  /** Label keys as Kubernetes has them. */
  labels?: Record<string, string>;
  /** Whom the workload belongs to; kind and namespace default to `component` and `default`. */
  entityRef: string;
}

/** The rules that can be used, ready to be asked in order. @internal */
export function compileRules(
  rules: readonly LinkRule[],
  problems: LinkProblems,
): (workload: WorkloadIdentity, cluster: string) => WorkloadLink | undefined {
  const compiled = rules.flatMap((rule, index) => {
    try {
      return [compileRule(rule)];
    } catch (error) {
      problems.add({
        code: 'link-rule-invalid',
        severity: 'warning',
        subject: rule.entityRef,
        message: `Link rule ${index + 1} is ignored: ${messageOf(error)}`,
      });
      return [];
    }
  });
  return (workload, cluster) =>
    compiled.find(({ holds }) => holds(workload, cluster))?.link;
}

function compileRule(rule: LinkRule): {
  holds: (workload: WorkloadIdentity, cluster: string) => boolean;
  link: WorkloadLink;
} {
  const entityRef = stringifyEntityRef(
    parseEntityRef(rule.entityRef, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    }),
  );
  const cluster = glob(rule.cluster);
  const namespace = glob(rule.namespace);
  const name = glob(rule.workload);
  const labels = Object.entries(rule.labels ?? {}).map(
    ([key, pattern]) => [key, glob(pattern)] as const,
  );
  if (!cluster && !namespace && !name && labels.length === 0) {
    throw new RangeError(
      'it names no cluster, namespace, workload or label, so it would match everything; say namespace: "*" when that is meant',
    );
  }
  const criteria = [
    ...Object.entries({
      cluster: rule.cluster,
      namespace: rule.namespace,
      workload: rule.workload,
    }).flatMap(([key, value]) => (value ? [`${key}=${value}`] : [])),
    ...Object.entries(rule.labels ?? {}).map(
      ([key, value]) => `label ${key}=${value}`,
    ),
  ];
  return {
    link: { entityRef, provenance: 'config', detail: criteria.join(', ') },
    holds: (workload, of) => {
      const read = labelReader(workload);
      return (
        (cluster?.(of) ?? true) &&
        (namespace?.(workload.namespace) ?? true) &&
        (name?.(workload.workload) ?? true) &&
        labels.every(([key, matches]) => {
          const value = read(key);
          return value !== undefined && (matches?.(value) ?? true);
        })
      );
    },
  };
}

function glob(
  pattern: string | undefined,
): ((text: string) => boolean) | undefined {
  if (pattern === undefined) {
    return undefined;
  }
  const [first, ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) {
    return text => text === pattern;
  }
  // By hand: a regular expression with many stars can take forever.
  return text => {
    if (
      text.length < first.length + last.length ||
      !text.startsWith(first) ||
      !text.endsWith(last)
    ) {
      return false;
    }
    const end = text.length - last.length;
    let at = first.length;
    for (const part of others) {
      const found = text.indexOf(part, at);
      if (found === -1 || found + part.length > end) {
        return false;
      }
      at = found + part.length;
    }
    return true;
  };
}
