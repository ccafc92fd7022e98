import { KUBERNETES_ID } from '../annotations';
import { Claim } from './claim';
import { ClaimKind, CompiledPolicy } from './claimPolicy';
import { LabelReading } from '../labels/labels';
import { LinkableEntity } from './linkableEntity';
import { NamedEntity, OwnerIndex } from './OwnerIndex';
import { addLabelConflict, LinkProblems, withLabelOrigin } from './problems';
import { SelectorIndex } from './SelectorIndex';
import { HeldLink, LinkableWorkload } from './types';

/** The weakest first. */
const READINGS: ReadonlyArray<NamedEntity['reading']> = [
  'name',
  'default',
  'full',
];

type Read = (key: string) => LabelReading;

/** Claims that count, and those the policy refuses in that namespace. */
interface FoundClaims {
  claims: Claim[];
  refused: Claim[];
}

/** Finds who claims a workload. @internal */
export class ClaimFinder {
  readonly #policy: CompiledPolicy;
  readonly #ownerLabels: readonly string[];
  readonly #problems: LinkProblems;
  readonly #byId: Map<string, LinkableEntity[]>;
  readonly #selectors: SelectorIndex;
  readonly #owners: OwnerIndex;
  /** Entities from where claims don't count. */
  readonly #untrusted: OwnerIndex;

  static create(options: {
    entities: readonly LinkableEntity[];
    policy: CompiledPolicy;
    ownerLabels: readonly string[];
    problems: LinkProblems;
  }): ClaimFinder {
    return new ClaimFinder(options);
  }

  private constructor({
    entities,
    policy,
    ownerLabels,
    problems,
  }: Parameters<typeof ClaimFinder.create>[0]) {
    this.#policy = policy;
    this.#ownerLabels = ownerLabels;
    this.#problems = problems;
    const trusted = entities.filter(entity => policy.trusts(entity));
    this.#byId = groupById(trusted);
    this.#selectors = SelectorIndex.create(trusted);
    this.#owners = OwnerIndex.create(trusted);
    this.#untrusted = OwnerIndex.create(
      entities.filter(entity => !policy.trusts(entity)),
    );
  }

  /** Claims of every kind that counts, the strongest kind first. */
  find(
    workload: LinkableWorkload,
    cluster: string,
    { read, held }: { read: Read; held?: HeldLink },
  ): FoundClaims {
    const subject = `${cluster}/${workload.namespace}/${workload.workload}`;
    const isHere = (entity: LinkableEntity) =>
      mayHave(entity, held) && claimsPlace(entity, workload, cluster);
    const isAllowed = (entity: LinkableEntity) =>
      this.#policy.allows(entity, workload.namespace, cluster);
    const found: FoundClaims = { claims: [], refused: [] };
    for (const kind of this.#policy.order) {
      // Where a stronger claim is known, labels of this kind decide nothing.
      const quiet = found.claims.length > 0;
      const report: Report = (key, reading, of) =>
        quiet ||
        addLabelConflict(this.#problems, subject, { key, reading, of });
      const claims =
        kind === 'owner'
          ? this.#byOwner(read, entity => isHere(entity) && isAllowed(entity), {
              report,
              quiet,
            })
          : this.#byEntity(kind, workload, { read, report });
      for (const claim of claims.filter(({ entity }) => isHere(entity))) {
        (isAllowed(claim.entity) ? found.claims : found.refused).push(claim);
      }
    }
    return found;
  }

  #byEntity(
    kind: Exclude<ClaimKind, 'owner'>,
    workload: LinkableWorkload,
    { read, report }: { read: Read; report: Report },
  ): Claim[] {
    const claims =
      kind === 'annotation'
        ? this.#byAnnotation(read, report)
        : this.#bySelector(workload, read, report);
    return claims.map(claim => ({
      ...claim,
      strength: claim.strength + placesOf(claim.entity),
    }));
  }

  #byAnnotation(read: Read, report: Report): Claim[] {
    const reading = read(KUBERNETES_ID);
    const claimants = reading.values.flatMap(id => this.#byId.get(id) ?? []);
    if (reading.values.length > 1) {
      if (claimants.length > 0) {
        report(KUBERNETES_ID, reading, refsOf(claimants));
      }
      return [];
    }
    return claimants.map(entity =>
      this.#claim('annotation', entity, {
        detail: withLabelOrigin(`${KUBERNETES_ID}=${reading.values[0]}`, [
          reading,
        ]),
      }),
    );
  }

  #bySelector(workload: LinkableWorkload, read: Read, report: Report): Claim[] {
    return this.#selectors
      .matches(workload, read)
      .flatMap(({ entity, requirements, undecided }) => {
        if (undecided.length > 0) {
          undecided.forEach(key => report(key, read(key), entity.entityRef));
          return [];
        }
        const readings = requirements.map(({ key }) => read(key));
        return this.#claim('label selector', entity, {
          strength: requirements.length,
          detail: withLabelOrigin(entity.labelSelector ?? '', readings),
        });
      });
  }

  /** By every label, the first being the strongest: who is named by one can't take the word of the others away. */
  #byOwner(
    read: Read,
    counts: (entity: LinkableEntity) => boolean,
    { report, quiet }: { report: Report; quiet: boolean },
  ): Claim[] {
    return this.#ownerLabels.flatMap((label, index) => {
      const reading = read(label);
      const { values } = reading;
      const named = values.flatMap(value => this.#owners.find(value));
      if (values.length > 1) {
        if (named.length > 0) {
          report(label, reading, refsOf(named.map(({ entity }) => entity)));
        }
        return [];
      }
      if (named.length === 0 && values[0] && !quiet) {
        this.#addUnknown(label, values[0]);
      }
      const detail = withLabelOrigin(`${label}=${values[0]}`, [reading]);
      const precedence = (this.#ownerLabels.length - index) * READINGS.length;
      const sole = named.filter(({ entity }) => counts(entity)).length === 1;
      return named.map(({ entity, reading: as }) => ({
        ...this.#claim('owner', entity, {
          detail,
          strength: precedence + READINGS.indexOf(as),
        }),
        ...(sole && {
          naming: as === 'full' ? ('full' as const) : ('sole' as const),
        }),
      }));
    });
  }

  #addUnknown(label: string, value: string): void {
    const [elsewhere] = this.#untrusted.find(value);
    this.#problems.add(
      elsewhere
        ? {
            code: 'link-location-untrusted',
            severity: 'warning',
            subject: elsewhere.entity.entityRef,
            message: `The label ${label}=${value} names ${
              elsewhere.entity.entityRef
            }, which doesn't count: it is registered at ${
              elsewhere.entity.location ?? 'no location'
            }, which is none of headroom.cost.claims.trustedLocations`,
          }
        : {
            code: 'link-owner-unknown',
            severity: 'info',
            subject: value,
            message: `The label ${label}=${value} names no entity of the catalog`,
          },
    );
  }

  #claim(
    kind: ClaimKind,
    entity: LinkableEntity,
    { detail, strength = 0 }: { detail: string; strength?: number },
  ): Claim {
    const rank = this.#policy.order.indexOf(kind);
    return { entity, kind, rank, strength, detail };
  }
}

type Report = (key: string, reading: LabelReading, of: string) => void;

/** What left the catalog keeps what it had, and gets nothing more. */
function mayHave(
  { vanished, entityRef }: LinkableEntity,
  held: HeldLink | undefined,
): boolean {
  return !vanished || entityRef === held?.entityRef;
}

function claimsPlace(
  { kubernetesNamespace, kubernetesClusters }: LinkableEntity,
  { namespace }: LinkableWorkload,
  cluster: string,
): boolean {
  return (
    (kubernetesNamespace ?? namespace) === namespace &&
    (kubernetesClusters?.includes(cluster) ?? true)
  );
}

function placesOf({
  kubernetesNamespace,
  kubernetesClusters,
}: LinkableEntity): number {
  return (
    (kubernetesNamespace === undefined ? 0 : 1) +
    (kubernetesClusters === undefined ? 0 : 1)
  );
}

function refsOf(entities: LinkableEntity[]): string {
  return entities.map(({ entityRef }) => entityRef).join(', ');
}

function groupById(
  entities: readonly LinkableEntity[],
): Map<string, LinkableEntity[]> {
  const groups = new Map<string, LinkableEntity[]>();
  for (const entity of entities) {
    const { kubernetesId } = entity;
    if (kubernetesId !== undefined) {
      const group = groups.get(kubernetesId);
      if (group) {
        group.push(entity);
      } else {
        groups.set(kubernetesId, [entity]);
      }
    }
  }
  return groups;
}
