import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { RuleClaim } from './claim';
import { createGlob } from '../glob/glob';
import { LabelReading } from '../labels/labels';
import { LinkableEntity } from './linkableEntity';
import {
  addLabelConflict,
  LinkProblems,
  messageOf,
  withLabelOrigin,
} from './problems';
import { LinkableWorkload } from './types';

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
  /**
   * It counts before every annotation and owner label. Else a rule counts where
   * there is none, and keeps what it had from claims of other owners.
   */
  decides?: boolean;
  /** It gives what it had to whoever claims it, and is no conflict: for the rest that nobody has claimed yet. */
  yields?: boolean;
}

type Read = (key: string) => LabelReading;

type AskRules = (
  workload: LinkableWorkload,
  cluster: string,
  read: Read,
) => RuleClaim | undefined;

interface RuleContext {
  problems: LinkProblems;
  /** Of what rules say among kinds of claims. */
  rank: number;
  /** What the catalog knows of an entity, at least its reference. */
  entityOf: (entityRef: string) => LinkableEntity;
}

/** The rules that can be used, ready to be asked in order. @internal */
export function compileRules(
  rules: readonly LinkRule[],
  context: RuleContext,
): { deciding: AskRules; otherwise: AskRules } {
  const compiled = rules.flatMap((rule, index) => {
    try {
      return [compileRule(rule, context)];
    } catch (error) {
      context.problems.add({
        code: 'link-rule-invalid',
        severity: 'warning',
        subject: rule.entityRef,
        message: `Link rule ${index + 1} is ignored: ${messageOf(error)}`,
      });
      return [];
    }
  });
  const ask =
    (asked: CompiledRule[]): AskRules =>
    (workload, cluster, read) =>
      asked.find(({ holds }) => holds(workload, cluster, read))?.claim(read);
  return {
    deciding: ask(compiled.filter(({ decides }) => decides)),
    otherwise: ask(compiled.filter(({ decides }) => !decides)),
  };
}

interface CompiledRule {
  decides: boolean;
  holds: (workload: LinkableWorkload, cluster: string, read: Read) => boolean;
  claim: (read: Read) => RuleClaim;
}

function compileRule(
  rule: LinkRule,
  { problems, rank, entityOf }: RuleContext,
): CompiledRule {
  const entityRef = stringifyEntityRef(
    parseEntityRef(rule.entityRef, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    }),
  );
  const { cluster, namespace, workload: name } = rule;
  const labels = Object.entries(rule.labels ?? {}).map(([key, pattern]) => ({
    key,
    fits: createGlob(pattern),
  }));
  if (!cluster && !namespace && !name && labels.length === 0) {
    throw new RangeError(
      'it names no cluster, namespace, workload or label, so it would match everything; say namespace: "*" when that is meant',
    );
  }
  const fitsPlace = compilePlace(rule);
  const criteria = [
    ...Object.entries({ cluster, namespace, workload: name }).flatMap(
      ([key, value]) => (value ? [`${key}=${value}`] : []),
    ),
    ...Object.entries(rule.labels ?? {}).map(
      ([key, value]) => `label ${key}=${value}`,
    ),
  ];
  const detail = criteria.join(', ');
  return {
    decides: rule.decides ?? false,
    claim: read => ({
      entity: entityOf(entityRef),
      kind: 'config',
      rank,
      strength: 0,
      yields: rule.yields ?? false,
      detail: withLabelOrigin(
        detail,
        labels.map(({ key }) => read(key)),
      ),
    }),
    holds: (workload, of, read) =>
      fitsPlace(workload, of) &&
      labels.every(({ key, fits }) => {
        const reading = read(key);
        const fitting = reading.values.filter(fits);
        if (fitting.length > 0 && fitting.length < reading.values.length) {
          const subject = `${of}/${workload.namespace}/${workload.workload}`;
          addLabelConflict(problems, subject, { key, reading, of: entityRef });
          return false;
        }
        return fitting.length > 0;
      }),
  };
}

function compilePlace({
  cluster,
  namespace,
  workload: name,
}: LinkRule): (workload: LinkableWorkload, cluster: string) => boolean {
  const fits = (pattern: string | undefined) =>
    pattern === undefined ? () => true : createGlob(pattern);
  const fitsCluster = fits(cluster);
  const fitsNamespace = fits(namespace);
  const fitsName = fits(name);
  return (workload, of) =>
    fitsCluster(of) &&
    fitsNamespace(workload.namespace) &&
    fitsName(workload.workload);
}
