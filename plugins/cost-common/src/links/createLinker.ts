import { SourceProblem } from '../problems';
import { ClaimKind, ClaimPolicy, compilePolicy } from './claimPolicy';
import { ClaimFinder } from './ClaimFinder';
import { problemsOf } from './entityProblems';
import { createLabelReader } from './labels';
import { LinkableEntity } from './linkableEntity';
import { compileRules, LinkRule } from './linkRules';
import { LinkProblems } from './problems';
import { Claim, settle, Settlement } from './settle';
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
 * Links workloads to catalog entities. In this order, unless the policy has
 * another:
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
 * wins over one that does not. Between entities of different owners the
 * stronger claim is not enough: who has a workload keeps it, else who claimed
 * it first; see {@link ClaimPolicy} for who may claim at all. What several
 * claim is reported.
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
  const byRule = compileRules(rules, problems);

  function decide(
    workload: LinkableWorkload,
    cluster: string,
    held?: HeldLink,
  ): LinkDecision {
    const read = createLabelReader(workload);
    const decided = byRule.deciding(workload, cluster, read);
    if (decided) {
      return { link: decided, rivals: [] };
    }
    const claims: Claim[] = [];
    const refused: Claim[] = [];
    for (const kind of policy.order) {
      const found = finder.find(kind, workload, cluster, read, {
        quiet: claims.length > 0,
      });
      claims.push(...found.claims.filter(claim => mayHave(claim, held)));
      refused.push(...found.refused);
      if (claims.length > 0 && (!held || has(claims, held.entityRef))) {
        break;
      }
    }
    const settled = settle(claims, held);
    const rivals = [
      ...settled.rivals.map(claim =>
        toRival(claim, settled.winner ? 'held' : 'tie'),
      ),
      ...refused.map(claim => toRival(claim, 'namespace')),
    ];
    report(problems, `${cluster}/${nameOf(workload)}`, settled, refused);
    const ruled =
      claims.length === 0
        ? byRule.otherwise(workload, cluster, read)
        : undefined;
    const link = settled.winner ? toLink(settled.winner) : ruled;
    return { ...(link && { link }), rivals: onePerEntity(rivals) };
  }

  return Object.assign(
    (workload: LinkableWorkload, cluster: string, held?: HeldLink) =>
      decide(workload, cluster, held).link,
    { decide, problems: () => problems.list() },
  );
}

function report(
  problems: LinkProblems,
  subject: string,
  { winner, rivals, equals }: Settlement,
  refused: Claim[],
): void {
  const add = (code: string, message: string) =>
    problems.add({ code, severity: 'warning', subject, message });
  if (winner && equals.length > 0) {
    const refs = [winner, ...equals].map(refOf).join(', ');
    add(
      'link-ambiguous',
      `${subject} is claimed equally by ${refs} (${
        winner.kind
      }); it counts for ${refOf(winner)}`,
    );
  }
  if (rivals.length > 0) {
    const claimed = rivals
      .map(claim => `${refOf(claim)} (${claim.kind}: ${claim.detail})`)
      .join(', ');
    add(
      'link-conflict',
      winner
        ? `${subject} counts for ${refOf(winner)} (${winner.kind}: ${
            winner.detail
          }), and is claimed by ${claimed} of another owner too; one of them should give up its claim, or a rule under headroom.cost.links with decides: true say whose it is`
        : `${subject} is claimed by ${claimed}, of several owners, and nothing says who was first, so it counts for nobody; a rule under headroom.cost.links with decides: true says whose it is`,
    );
  }
  for (const claim of refused) {
    add(
      'link-claim-refused',
      `${refOf(claim)} claims ${subject} (${claim.kind}: ${
        claim.detail
      }), but headroom.cost.claims.namespaces gives that namespace to entities of other owners`,
    );
  }
}

/** What left the catalog keeps what it had, and gets nothing more. */
function mayHave({ entity }: Claim, held: HeldLink | undefined): boolean {
  return !entity.vanished || entity.entityRef === held?.entityRef;
}

function refOf({ entity }: Claim): string {
  return entity.entityRef;
}

function nameOf({ namespace, workload }: LinkableWorkload): string {
  return `${namespace}/${workload}`;
}

function has(claims: Claim[], entityRef: string): boolean {
  return claims.some(claim => refOf(claim) === entityRef);
}

function toLink({ entity, kind, detail }: Claim): WorkloadLink & {
  provenance: ClaimKind;
} {
  return { entityRef: entity.entityRef, provenance: kind, detail };
}

function toRival(claim: Claim, reason: ClaimRefusal): RivalClaim {
  return { ...toLink(claim), reason };
}

function onePerEntity(rivals: RivalClaim[]): RivalClaim[] {
  const first = new Map<string, RivalClaim>();
  for (const rival of rivals) {
    if (!first.has(rival.entityRef)) {
      first.set(rival.entityRef, rival);
    }
  }
  return [...first.values()];
}
