import fc from 'fast-check';
import { WorkloadIdentity } from '../workloads';
import { ClaimPolicy } from './claimPolicy';
import { createLinker } from './createLinker';
import { entityProblems } from './entityProblems';
import { LinkableEntity } from './linkableEntity';
import { LinkRule } from './linkRules';
import { HeldLink } from './types';

const SHOP = 'group:default/shop';
const STRANGERS = 'group:default/strangers';
const EARLY = '2026-01-01T00:00:00.000Z';
const LATER = '2026-02-01T00:00:00.000Z';

const WEB: LinkableEntity = {
  entityRef: 'component:default/web',
  kubernetesId: 'web',
  ownerRefs: [SHOP],
  claimsSince: EARLY,
  ownersSince: EARLY,
  location: 'url:https://github.com/acme/web/catalog-info.yaml',
};
/** Registered later by somebody else, with a name that comes first. */
const THIEF: LinkableEntity = {
  ...WEB,
  entityRef: 'component:default/a-thief',
  ownerRefs: [STRANGERS],
  claimsSince: LATER,
  ownersSince: LATER,
  location: 'url:https://github.com/strangers/thief/catalog-info.yaml',
};
const HELD: HeldLink = { entityRef: WEB.entityRef, since: EARLY };

const workload: WorkloadIdentity = {
  namespace: 'shop',
  workloadKind: 'Deployment',
  workload: 'front',
  container: 'app',
  labels: { 'backstage.io/kubernetes-id': 'web', app: 'web', tier: 'front' },
};

function decide(
  entities: LinkableEntity[],
  more: {
    held?: HeldLink;
    claims?: ClaimPolicy;
    rules?: LinkRule[];
    ownerLabels?: string[];
    labels?: Record<string, string>;
  } = {},
) {
  const linker = createLinker(entities, more.rules ?? [], more);
  const { link, rivals } = linker.decide(
    { ...workload, labels: more.labels ?? workload.labels },
    'eu',
    more.held,
  );
  return {
    to: link?.entityRef,
    rivals: rivals.map(({ entityRef, reason }) => [entityRef, reason]),
    problems: linker.problems(),
  };
}

describe('claims of several owners', () => {
  it('leave a workload with who has it, and are said', () => {
    const { to, rivals, problems } = decide([WEB, THIEF], { held: HELD });
    expect(to).toBe(WEB.entityRef);
    expect(rivals).toEqual([[THIEF.entityRef, 'held']]);
    expect(problems).toEqual([
      {
        code: 'link-conflict',
        severity: 'warning',
        subject: 'eu/shop/front',
        message:
          'eu/shop/front counts for component:default/web (annotation: backstage.io/kubernetes-id=web), and is claimed by component:default/a-thief (annotation: backstage.io/kubernetes-id=web) too; one of them should give up its claim, or a rule under headroom.cost.links with decides: true say whose it is',
      },
    ]);
  });

  it.each<[string, Partial<LinkableEntity>]>([
    ['a namespace', { kubernetesNamespace: 'shop' }],
    ['a cluster', { kubernetesClusters: ['eu'] }],
    ['both', { kubernetesNamespace: 'shop', kubernetesClusters: ['eu'] }],
    ['an earlier claim', { claimsSince: '2025-01-01T00:00:00.000Z' }],
    ['no owner', { ownerRefs: [] }],
    ['an owner more', { ownerRefs: [SHOP, STRANGERS] }],
  ])('do not take it over with %s', (_, change) => {
    const { to, rivals } = decide([{ ...THIEF, ...change }, WEB], {
      held: HELD,
    });
    expect(to).toBe(WEB.entityRef);
    expect(rivals).toEqual([[THIEF.entityRef, 'held']]);
  });

  it('do not take over by a stronger kind or a longer selector either', () => {
    const holder = {
      ...WEB,
      kubernetesId: undefined,
      labelSelector: 'app=web',
    };
    const longer = {
      ...THIEF,
      kubernetesId: undefined,
      labelSelector: 'app=web,tier=front',
    };
    for (const thief of [THIEF, longer]) {
      expect(decide([thief, holder], { held: HELD })).toMatchObject({
        to: WEB.entityRef,
        rivals: [[THIEF.entityRef, 'held']],
      });
    }
    // Nor what nobody had before the earlier claim came to hold for it.
    expect(decide([longer, holder]).to).toBe(WEB.entityRef);
  });

  it('are a conflict when they are weaker, too, and count when the holder gives up', () => {
    const weaker = {
      ...THIEF,
      kubernetesId: undefined,
      labelSelector: 'app=web',
    };
    expect(decide([WEB, weaker], { held: HELD })).toMatchObject({
      to: WEB.entityRef,
      rivals: [[weaker.entityRef, 'held']],
      problems: [{ code: 'link-conflict' }],
    });
    const gone = { ...WEB, kubernetesId: undefined };
    expect(decide([gone, weaker], { held: HELD }).to).toBe(weaker.entityRef);
  });

  it('give what nobody had to the earlier claim, and to nobody when none is earlier', () => {
    expect(decide([THIEF, WEB])).toMatchObject({
      to: WEB.entityRef,
      rivals: [[THIEF.entityRef, 'held']],
    });
    const { to, rivals, problems } = decide(
      [{ ...THIEF, claimsSince: EARLY }, WEB],
      { rules: [{ namespace: '*', entityRef: 'rest' }] },
    );
    expect(to).toBeUndefined();
    expect(rivals).toEqual([
      [THIEF.entityRef, 'tie'],
      [WEB.entityRef, 'tie'],
    ]);
    expect(problems[0]).toMatchObject({
      code: 'link-conflict',
      message: expect.stringContaining('so it counts for nobody'),
    });
  });

  it('do not stay with who changed its owner after it got the workload', () => {
    // Registered for the owner of what it wants, then given to its own.
    const late = { ...THIEF, ownersSince: '2026-03-01T00:00:00.000Z' };
    const held = { entityRef: THIEF.entityRef, since: LATER };
    expect(decide([late, WEB], { held }).to).toBe(WEB.entityRef);
  });

  it('do not take over from what left the catalog a short while ago; its own owner may', () => {
    const vanished = { ...WEB, vanished: true };
    expect(decide([vanished, THIEF], { held: HELD }).to).toBe(WEB.entityRef);
    const heir = { ...THIEF, ownerRefs: [SHOP], ownersSince: EARLY };
    expect(decide([vanished, heir], { held: HELD }).to).toBe(heir.entityRef);
    // Who says so only now may be anybody, unless it is renamed in its file.
    const late = { ...heir, ownersSince: LATER };
    expect(decide([vanished, late], { held: HELD })).toMatchObject({
      to: WEB.entityRef,
      rivals: [[late.entityRef, 'held']],
    });
    const renamed = { ...late, location: WEB.location };
    expect(decide([vanished, renamed], { held: HELD }).to).toBe(
      renamed.entityRef,
    );
    // It gets nothing it did not have.
    expect(decide([vanished, THIEF]).to).toBe(THIEF.entityRef);
  });

  it('of one owner go by what is stronger, then by name', () => {
    const narrow = { ...WEB, entityRef: 'component:default/x' };
    const own = { ...narrow, kubernetesNamespace: 'shop', claimsSince: LATER };
    expect(decide([WEB, own], { held: HELD })).toEqual({
      to: own.entityRef,
      rivals: [],
      problems: [],
    });
    // On a tie it stays.
    expect(
      decide([WEB, { ...narrow, entityRef: 'component:default/a' }], {
        held: HELD,
      }),
    ).toMatchObject({
      to: WEB.entityRef,
      problems: [{ code: 'link-ambiguous' }],
    });
  });

  it('never move a workload whose holder still claims it, whoever registers what', () => {
    const registered: fc.Arbitrary<LinkableEntity> = fc.record({
      entityRef: fc
        .stringMatching(/^[a-z]{1,3}$/)
        .map(name => `component:default/${name}-other`),
      kubernetesId: fc.constantFrom('web', undefined),
      labelSelector: fc.constantFrom(
        'app=web',
        'app=web,tier=front',
        'app',
        '!nonexistent',
        undefined,
      ),
      kubernetesNamespace: fc.constantFrom('shop', undefined),
      kubernetesClusters: fc.constantFrom<string[] | undefined>(
        ['eu'],
        undefined,
      ),
      ownerRefs: fc.constantFrom<string[]>([STRANGERS], [], [SHOP, STRANGERS]),
      claimsSince: fc.constantFrom(EARLY, LATER, '2025-01-01T00:00:00.000Z'),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(registered, { selector: each => each.entityRef }),
        fc.constantFrom<Partial<LinkableEntity>>(
          {},
          { kubernetesId: undefined, labelSelector: 'app=web' },
        ),
        (others, change) => {
          const holder = { ...WEB, ...change };
          const there = decide([...others, holder], { held: HELD });
          const back = decide([holder, ...others.reverse()], { held: HELD });
          expect(there.to).toBe(WEB.entityRef);
          expect(back.to).toBe(WEB.entityRef);
          // And what nobody had goes to the same one in any order.
          expect(decide([...others, holder]).to).toBe(
            decide([holder, ...others.reverse()]).to,
          );
        },
      ),
    );
  });
});

describe('selectors that name nothing of their own', () => {
  it.each([
    '!nonexistent-label',
    'app!=nothing',
    'app notin (a,b)',
    '!a,b!=c,d notin (e)',
    'pod-template-hash',
    'app',
    'app,tier,!a',
    'app.kubernetes.io/managed-by=Helm,app',
    'heritage in (Helm,Tiller)',
  ])('%s is refused with the reason', labelSelector => {
    const entity = { entityRef: 'component:default/all', labelSelector };
    const labels = {
      'pod-template-hash': 'abc',
      app: 'x',
      tier: 'y',
      heritage: 'Helm',
      'app.kubernetes.io/managed-by': 'Helm',
    };
    const { to, problems } = decide([entity], { labels });
    expect(to).toBeUndefined();
    expect(problems).toMatchObject([
      {
        code: 'link-selector-invalid',
        severity: 'warning',
        subject: entity.entityRef,
        message: `The label selector of component:default/all is ignored: "${labelSelector}" asks for no value of a label that only its own pods have, so it would claim what others run; add one such as app=web`,
      },
    ]);
    expect(entityProblems(entity, {})).toEqual(problems);
  });
});

describe('a policy of claims', () => {
  it('counts annotations of trusted locations only', () => {
    const claims = { trustedLocations: ['url:https://github.com/acme/*'] };
    const { to, problems } = decide([{ ...THIEF, claimsSince: EARLY }, WEB], {
      claims,
    });
    expect(to).toBe(WEB.entityRef);
    expect(problems).toMatchObject([
      {
        code: 'link-location-untrusted',
        severity: 'warning',
        subject: THIEF.entityRef,
        message:
          "The Kubernetes annotations of component:default/a-thief don't count: it is registered at url:https://github.com/strangers/thief/catalog-info.yaml, which is none of headroom.cost.claims.trustedLocations",
      },
    ]);
    expect(entityProblems(WEB, claims)).toEqual([]);
  });

  it.each([
    'url:https://github.com/acme/../strangers/catalog-info.yaml',
    'url:https://github.com/acme/%2e%2E/strangers/catalog-info.yaml',
    'url:https://github.com/acme/..\\strangers/catalog-info.yaml',
    'url:https://github.com/acme',
    undefined,
  ])('does not trust %s', location => {
    const claims = { trustedLocations: ['url:https://github.com/acme/*'] };
    expect(decide([{ ...WEB, location }], { claims }).to).toBeUndefined();
  });

  it('keeps namespaces for owners, and says who else would have them', () => {
    const namespaces = [
      { namespace: 'sh*', owners: [SHOP] },
      { cluster: 'us', namespace: '*', owners: [STRANGERS] },
    ];
    const claims = { namespaces };
    const { to, rivals, problems } = decide([THIEF], { claims });
    expect(to).toBeUndefined();
    expect(rivals).toEqual([[THIEF.entityRef, 'namespace']]);
    expect(problems[0]).toMatchObject({
      code: 'link-claim-refused',
      message:
        'component:default/a-thief claims eu/shop/front (annotation: backstage.io/kubernetes-id=web), but headroom.cost.claims.namespaces gives that namespace to entities of other owners',
    });
    expect(decide([WEB], { claims }).to).toBe(WEB.entityRef);
    // One of several owners would show the rest what it costs.
    const shared = { ...WEB, ownerRefs: [SHOP, STRANGERS] };
    expect(decide([shared], { claims }).to).toBeUndefined();
    // Also from who has it.
    const held = { entityRef: THIEF.entityRef, since: EARLY };
    expect(decide([THIEF, WEB], { claims, held }).to).toBe(WEB.entityRef);
  });

  it('can put the labels of the cluster first, or leave kinds out', () => {
    const labels = { ...workload.labels, service: 'owned' };
    const owned = {
      entityRef: 'component:default/owned',
      ownerRefs: ['group:default/owned'],
      claimsSince: LATER,
    };
    const full = { ...labels, service: 'component.default.owned' };
    const of = (claims: ClaimPolicy, held?: HeldLink, written = labels) =>
      decide([owned, THIEF], {
        labels: written,
        claims,
        held,
        ownerLabels: ['service'],
      }).to;
    const order = ['owner', 'annotation'] as const;
    const held = { entityRef: THIEF.entityRef, since: LATER };
    expect(of({})).toBeUndefined();
    expect(of({ order })).toBe(owned.entityRef);
    expect(of({ order: ['label selector'] })).toBeUndefined();
    // A name is for whoever takes it, so it takes nothing; kind, namespace and name do.
    expect(of({ order }, held)).toBe(THIEF.entityRef);
    expect(of({ order }, held, full)).toBe(owned.entityRef);
    expect(of({ order: ['owner'] }, held)).toBe(owned.entityRef);
  });

  it('lets a rule decide over every claim', () => {
    const rules = [
      { namespace: '*', entityRef: 'rest' },
      { namespace: 'shop', entityRef: 'mine', decides: true },
    ];
    expect(decide([WEB, THIEF], { rules, held: HELD })).toEqual({
      to: 'component:default/mine',
      rivals: [],
      problems: [],
    });
  });
});

describe('labels of one name', () => {
  const conflict = {
    app_name_conflict1: 'api',
    app_name_conflict2: 'web',
  };
  const sanitized = { ...workload, labels: conflict, labelsSanitized: true };
  const web = { entityRef: WEB.entityRef, labelSelector: 'appName=web' };

  it('link nothing by guess, and both are named', () => {
    const linker = createLinker([web], [{ namespace: 'x', entityRef: 'y' }]);
    expect(linker(sanitized, 'eu')).toBeUndefined();
    expect(linker.problems()).toEqual([
      {
        code: 'link-label-conflict',
        severity: 'warning',
        subject: 'eu/shop/front',
        message:
          "eu/shop/front has labels that kube-state-metrics writes by one name, app_name_conflict1=api and app_name_conflict2=web; which of them is appName can't be told, so it is not linked to component:default/web by it. Rename one of the labels, or let Headroom read the cluster's Kubernetes API, which has their real names",
      },
    ]);
  });

  it('link nothing by id, owner label or rule either', () => {
    const of = (key: string) => ({
      ...workload,
      labels: { [`${key}_conflict1`]: 'web', [`${key}_conflict2`]: 'x' },
      labelsSanitized: true,
    });
    const entities = [{ entityRef: WEB.entityRef, kubernetesId: 'web' }];
    const linker = createLinker(
      entities,
      [{ labels: { Team: 'w*' }, entityRef: 'web' }],
      { ownerLabels: ['serviceName'] },
    );
    for (const key of ['backstage_io_kubernetes_id', 'service_name', 'team']) {
      expect(linker(of(key), 'eu')).toBeUndefined();
    }
    expect(linker.problems().map(({ code }) => code)).toEqual([
      'link-label-conflict',
      'link-label-conflict',
      'link-label-conflict',
    ]);
  });

  it('link where either value does, or the Kubernetes API tells them apart', () => {
    const either = { ...web, labelSelector: 'appName in (api,web)' };
    expect(createLinker([either], [])(sanitized, 'eu')?.entityRef).toBe(
      WEB.entityRef,
    );
    const kubernetesLabels = { appName: 'web', 'app.name': 'api' };
    expect(
      createLinker([web], [])({ ...sanitized, kubernetesLabels }, 'eu'),
    ).toEqual({
      entityRef: WEB.entityRef,
      provenance: 'label selector',
      detail: 'appName=web (label read from the Kubernetes API)',
    });
  });

  it('are found by the keys people write, in every way they are read', () => {
    const real = {
      appName: 'web',
      Team: 'shop',
      'acme.io/serviceName': 'front',
    };
    const kept = { appName: 'web', Team: 'shop', acme_io_serviceName: 'front' };
    const snake = {
      app_name: 'web',
      team: 'shop',
      acme_io_service_name: 'front',
    };
    const sources = [
      { labels: real },
      { labels: kept, labelsSanitized: true },
      { labels: snake, labelsSanitized: true },
      { labels: {}, labelsSanitized: true, kubernetesLabels: real },
    ];
    for (const source of sources) {
      const of = (
        entities: LinkableEntity[],
        rules: LinkRule[],
        ownerLabels: string[] = [],
      ) =>
        createLinker(entities, rules, { ownerLabels })(
          { ...workload, ...source },
          'eu',
        )?.entityRef;
      const selector = { ...web, labelSelector: 'appName=web,Team in (shop)' };
      expect(of([selector], [])).toBe(WEB.entityRef);
      expect(
        of(
          [{ entityRef: 'component:default/front' }],
          [],
          ['acme.io/serviceName'],
        ),
      ).toBe('component:default/front');
      expect(of([], [{ labels: { Team: 'sh*' }, entityRef: 'web' }])).toBe(
        WEB.entityRef,
      );
    }
  });
});
