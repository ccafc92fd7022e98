import { SourceProblem } from '../problems';
import { Claim, onePerEntity, refOf } from './claim';
import { ClaimPolicy, compilePolicy } from './claimPolicy';
import { ClaimFinder } from './ClaimFinder';
import { problemsOf } from './entityProblems';
import { createLabelReader } from '../labels/labels';
import { LinkableEntity, nameRefOf } from './linkableEntity';
import { compileRules, LinkRule } from './linkRules';
import { LinkProblems } from './problems';
import { reportClaims } from './reportClaims';
import { settle } from './settle';
import {
  ClaimRefusal,
  HeldLink,
  LinkableWorkload,
  LinkDecision,
  RivalClaim,
  WorkloadLink,
} from './types';

/**
 * Finds the service a workload of a cluster belongs to; `undefined` when none
 * claims it.
 *
 * @public
 */
export interface Linker {
  (workload: LinkableWorkload, cluster: string, held?: HeldLink):
    | WorkloadLink
    | undefined;
  /**
   * The same, with the claims that don't count.
   *
   * @param held - whom the workload belonged to so far
   */
  decide(
    workload: LinkableWorkload,
    cluster: string,
    held?: HeldLink,
  ): LinkDecision;
  /**
   * What is wrong with the annotations and rules, each said once: selectors and
   * rules that are ignored, and, of the workloads asked for so far, those more
   * than one entity claims, labels that can't be told apart and owner labels
   * that name nobody.
   */
  problems(): SourceProblem[];
}

/**
 * Links workloads to catalog entities. The kinds of claims, the strongest first
 * unless the policy has another order:
 *
 * 1. the first rule that `decides`
 * 2. `annotation`: the pod label `backstage.io/kubernetes-id` equals the
 *    entity's annotation
 * 3. `label selector`: the entity's selector matches the pod's labels; the one
 *    with the most requirements wins
 * 4. `owner`: one of `ownerLabels` on the pod names the entity, by name or by
 *    full reference
 * 5. `config`: the first other rule that holds
 *
 * An entity that names a namespace or clusters claims workloads there only, and
 * wins over one that does not. Between entities of different owners strength is
 * not enough: who has a workload keeps it, by whatever kind of claim, else who
 * claimed it first has it, and nobody when that is several; see {@link ClaimPolicy}
 * for who may claim at all. The claims of other owners that lost are reported.
 *
 * Labels are found however an exporter wrote their keys. When two keys became
 * one whose value depends on which is meant, nothing is linked by it, and that
 * is reported.
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
  options: { ownerLabels?: readonly string[]; claims?: ClaimPolicy } = {},
): Linker {
  const problems = new LinkProblems();
  const policy = compilePolicy(options.claims ?? {});
  const finder = ClaimFinder.create({
    entities,
    policy,
    ownerLabels: options.ownerLabels ?? [],
    problems,
  });
  entities
    .flatMap(entity => problemsOf(entity, policy))
    .forEach(problem => problems.add(problem));
  const byRef = new Map(entities.map(each => [each.entityRef, each]));
  const byRule = compileRules(rules, {
    problems,
    rank: policy.order.length,
    entityOf: ref => byRef.get(ref) ?? { entityRef: ref },
  });

  /** What had a workload by a rule and has left the catalog, maybe to another of its name. */
  function formerOf(held: HeldLink | undefined): LinkableEntity | undefined {
    const entity =
      held?.provenance === 'config' ? byRef.get(held.entityRef) : undefined;
    return entity?.vanished ? entity : undefined;
  }

  function decide(
    workload: LinkableWorkload,
    cluster: string,
    held?: HeldLink,
  ): LinkDecision {
    const read = createLabelReader(workload);
    const former = formerOf(held);
    const decided = byRule.deciding(workload, cluster, read);
    if (decided) {
      return { link: toLink(unlessFormer(decided, former)), rivals: [] };
    }
    const found = finder.find(workload, cluster, { read, held });
    const rule = byRule.otherwise(workload, cluster, read);
    const all = rule ? [...found.claims, rule] : found.claims;
    if (
      held?.takenFrom &&
      !all.some(claim => refOf(claim) === held.entityRef)
    ) {
      // Who took it over gave it up: it is as though that had never been.
      const { takenFrom: entityRef, since, ownerRefs } = held;
      return decide(workload, cluster, { entityRef, since, ownerRefs });
    }
    const { claims, refused } = found;
    const settled = settle(claims, rule && unlessFormer(rule, former), held);
    const { winner } = settled;
    const denied = winner
      ? refused.filter(claim => refOf(claim) !== refOf(winner))
      : refused;
    const subject = `${cluster}/${workload.namespace}/${workload.workload}`;
    // What a rule names and the catalog doesn't have is on no page.
    const rivals = settled.rivals.filter(claim => byRef.has(refOf(claim)));
    reportClaims(problems, subject, { ...settled, rivals }, denied);
    return {
      ...(winner && { link: toLink(winner) }),
      ...(settled.gained && { gained: settled.gained }),
      rivals: [
        ...rivals.map(claim => toRival(claim, winner ? 'held' : 'tie')),
        ...onePerEntity(denied)
          .filter(claim => !rivals.some(of => refOf(of) === refOf(claim)))
          .map(claim => toRival(claim, 'namespace')),
      ],
    };
  }

  return Object.assign(
    (workload: LinkableWorkload, cluster: string, held?: HeldLink) =>
      decide(workload, cluster, held).link,
    { decide, problems: () => problems.list() },
  );
}

/** A rule means whom it meant when it gave the workload, as long as that is known. */
function unlessFormer<T extends Claim>(
  rule: T,
  former: LinkableEntity | undefined,
): T {
  return former && nameRefOf(former) === refOf(rule)
    ? { ...rule, entity: former }
    : rule;
}

function toLink({ entity, kind, detail }: Claim): WorkloadLink {
  return { entityRef: entity.entityRef, provenance: kind, detail };
}

function toRival(claim: Claim, reason: ClaimRefusal): RivalClaim {
  return { ...toLink(claim), reason };
}
