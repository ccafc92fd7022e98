import { ClaimPolicy } from '../claimPolicy';
import { createLinker } from '../createLinker';
import { LinkableEntity } from '../linkableEntity';
import { LinkRule } from '../linkRules';
import { HeldLink } from '../types';

export const SHOP = 'group:default/shop';
export const OPS = 'group:default/ops';
export const STRANGERS = 'group:default/strangers';
export const EARLY = '2026-01-01T00:00:00.000Z';
export const MIDDLE = '2026-02-01T00:00:00.000Z';
export const LATER = '2026-03-01T00:00:00.000Z';

const OWNER_LABEL = 'acme.io/service';
const LABELS = {
  'backstage.io/kubernetes-id': 'web',
  [OWNER_LABEL]: 'web',
  app: 'web',
  tier: 'front',
};

/** The cluster's label names it; it has no annotations. */
export const WEB: LinkableEntity = {
  entityRef: 'component:default/web',
  ownerRefs: [SHOP],
  claimsSince: EARLY,
  ownersSince: EARLY,
  location: 'url:https://github.com/acme/web/catalog-info.yaml',
};
export const THIEF: LinkableEntity = {
  entityRef: 'component:default/a-thief',
  kubernetesId: 'web',
  ownerRefs: [STRANGERS],
  claimsSince: LATER,
  ownersSince: LATER,
  location: 'url:https://github.com/strangers/thief/catalog-info.yaml',
};
/** Says that it is the shop's, since a short while ago. */
export const TURNCOAT: LinkableEntity = { ...THIEF, ownerRefs: [SHOP] };
export const PLATFORM: LinkableEntity = {
  entityRef: 'component:default/platform',
  ownerRefs: [OPS],
  claimsSince: EARLY,
  ownersSince: EARLY,
};
export const RULE: LinkRule = { namespace: 'shop', entityRef: 'platform' };

/** Whom the workload `eu/shop/front` goes to, and who else claims it. */
export function decide(
  entities: readonly LinkableEntity[],
  more: { held?: HeldLink; claims?: ClaimPolicy; rules?: LinkRule[] } = {},
) {
  const linker = createLinker(entities, more.rules ?? [], {
    claims: more.claims,
    ownerLabels: [OWNER_LABEL],
  });
  const { link, rivals } = linker.decide(
    {
      namespace: 'shop',
      workloadKind: 'Deployment',
      workload: 'front',
      container: 'app',
      labels: LABELS,
    },
    'eu',
    more.held,
  );
  return {
    to: link?.entityRef,
    by: link?.provenance,
    rivals: rivals.map(({ entityRef, provenance }) => [entityRef, provenance]),
  };
}

/** It belongs to an entity with its present owners, since February. */
export function heldBy(
  { entityRef, ownerRefs }: LinkableEntity,
  change: Partial<HeldLink> = {},
): HeldLink {
  return { entityRef, since: MIDDLE, ownerRefs, ...change };
}
