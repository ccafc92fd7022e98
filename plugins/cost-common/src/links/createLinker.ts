import { WorkloadIdentity } from '../allocation/types';
import { SourceProblem } from '../observations/observations';
import { labelReader } from './labels';
import { LinkableEntity } from './linkableEntity';
import { compileRules, LinkRule } from './linkRules';
import { OwnerIndex } from './OwnerIndex';
import { LinkProblems } from './problems';
import { SelectorIndex } from './SelectorIndex';
import { LinkProvenance, WorkloadLink } from './types';

const KUBERNETES_ID = 'backstage.io/kubernetes-id';

/**
 * Finds the service a workload of a cluster belongs to; `undefined` when none
 * claims it.
 *
 * @public
 */
export interface Linker {
  (workload: WorkloadIdentity, cluster: string): WorkloadLink | undefined;
  /**
   * What is wrong with the annotations and rules, each said once: selectors and
   * rules that are ignored, and, of the workloads asked for so far, those more
   * than one entity claims and owner labels that name nobody.
   */
  problems(): SourceProblem[];
}

/**
 * Links workloads to catalog entities. In this order:
 *
 * 1. `annotation`: the pod label `backstage.io/kubernetes-id` equals the
 *    entity's annotation
 * 2. `label selector`: the entity's selector matches the pod's labels; the one
 *    with the most requirements wins
 * 3. `owner`: one of `ownerLabels` on the pod names the entity, by name or by
 *    full reference
 * 4. `config`: the first rule that holds
 *
 * An entity that names a namespace or clusters claims workloads there only, and
 * wins over one that does not. When several entities claim a workload equally,
 * a Component wins over other kinds, then the first reference in alphabetical
 * order, and the ambiguity is reported. A selector or rule that can't be read is
 * reported and left out; it does not affect the others.
 *
 * Pass every entity that may be linked, also those without annotations: owner
 * labels are looked up among them. Linking costs a few lookups a workload,
 * whatever the number of entities.
 *
 * @public
 */
export function createLinker(
  entities: readonly LinkableEntity[],
  rules: readonly LinkRule[],
  options: { ownerLabels?: readonly string[] } = {},
): Linker {
  const problems = new LinkProblems();
  const byId = groupBy(entities, entity => entity.kubernetesId);
  const selectors = SelectorIndex.create(entities, problems);
  const owners = OwnerIndex.create(entities);
  const byRule = compileRules(rules, problems);

  const pick = (
    claims: Claim[],
    provenance: LinkProvenance,
    workload: WorkloadIdentity,
    cluster: string,
  ): WorkloadLink | undefined => {
    const best = strongest(claims.filter(claimsPlace(workload, cluster)));
    if (best.length === 0) {
      return undefined;
    }
    const [{ entity, detail }] = best;
    if (best.length > 1) {
      const subject = `${cluster}/${workload.namespace}/${workload.workload}`;
      problems.add({
        code: 'link-ambiguous',
        severity: 'warning',
        subject,
        message: `${subject} is claimed equally by ${best
          .map(claim => claim.entity.entityRef)
          .join(', ')} (${provenance}); it counts for ${entity.entityRef}`,
      });
    }
    return { entityRef: entity.entityRef, provenance, detail };
  };

  const byAnnotation = (workload: WorkloadIdentity): Claim[] => {
    const id = labelReader(workload)(KUBERNETES_ID);
    return id
      ? (byId.get(id) ?? []).map(entity => ({
          entity,
          strength: 0,
          detail: `${KUBERNETES_ID}=${id}`,
        }))
      : [];
  };

  const bySelector = (workload: WorkloadIdentity): Claim[] =>
    selectors.matches(workload).map(({ entity, requirements }) => ({
      entity,
      strength: requirements.length,
      detail: entity.labelSelector ?? '',
    }));

  const byOwner = (workload: WorkloadIdentity): Claim[] => {
    const read = labelReader(workload);
    for (const label of options.ownerLabels ?? []) {
      const value = read(label);
      if (value) {
        const detail = `${label}=${value}`;
        const named = owners.find(value);
        if (named.length > 0) {
          return named.map(entity => ({ entity, strength: 0, detail }));
        }
        problems.add({
          code: 'link-owner-unknown',
          severity: 'info',
          subject: value,
          message: `The label ${detail} names no entity of the catalog`,
        });
      }
    }
    return [];
  };

  return Object.assign(
    (workload: WorkloadIdentity, cluster: string) =>
      pick(byAnnotation(workload), 'annotation', workload, cluster) ??
      pick(bySelector(workload), 'label selector', workload, cluster) ??
      pick(byOwner(workload), 'owner', workload, cluster) ??
      byRule(workload, cluster),
    { problems: () => problems.list() },
  );
}

interface Claim {
  entity: LinkableEntity;
  /** More wins. */
  strength: number;
  detail: string;
}

function claimsPlace(
  { namespace }: WorkloadIdentity,
  cluster: string,
): (claim: Claim) => boolean {
  return ({ entity }) =>
    (entity.kubernetesNamespace ?? namespace) === namespace &&
    (entity.kubernetesClusters?.includes(cluster) ?? true);
}

/** The equally strong claims at the top, in the order ambiguity is settled. */
function strongest(claims: Claim[]): Claim[] {
  if (claims.length < 2) {
    return claims;
  }
  const strength = ({ entity, strength: own }: Claim) =>
    own +
    (entity.kubernetesNamespace === undefined ? 0 : 1) +
    (entity.kubernetesClusters === undefined ? 0 : 1);
  const most = Math.max(...claims.map(strength));
  const rank = ({ entity: { entityRef } }: Claim) =>
    `${entityRef.startsWith('component:') ? 0 : 1}${entityRef}`;
  return claims
    .filter(claim => strength(claim) === most)
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = key === undefined ? undefined : groups.get(key);
    if (group) {
      group.push(item);
    } else if (key !== undefined) {
      groups.set(key, [item]);
    }
  }
  return groups;
}
