import fc from 'fast-check';
import { ClaimPolicy } from './claimPolicy';
import { createLinker } from './createLinker';
import { LinkableEntity } from './linkableEntity';
import { LinkRule } from './linkRules';
import { HeldLink } from './types';

const JANUARY = '2026-01-01T00:00:00.000Z';
const FEBRUARY = '2026-02-01T00:00:00.000Z';
const MARCH = '2026-03-01T00:00:00.000Z';
const ACME = 'url:https://github.com/acme/web/blob/main/catalog-info.yaml';
const ELSEWHERE = 'url:https://github.com/strangers/x/blob/main/c.yaml';

const PAYMENTS: LinkableEntity = {
  entityRef: 'component:payments/pay',
  ownerRefs: ['group:default/payments'],
  claimsSince: JANUARY,
  ownersSince: JANUARY,
  location: ACME,
};
/** The name that a bare label stands for, registered by somebody else later. */
const NAMESAKE: LinkableEntity = {
  entityRef: 'component:default/pay',
  ownerRefs: ['group:default/strangers'],
  claimsSince: MARCH,
  ownersSince: MARCH,
  location: ELSEWHERE,
};
const HELD: HeldLink = {
  entityRef: PAYMENTS.entityRef,
  since: FEBRUARY,
  ownerRefs: PAYMENTS.ownerRefs,
};

interface Case {
  labels?: Record<string, string>;
  ownerLabels?: string[];
  held?: HeldLink;
  claims?: ClaimPolicy;
  rules?: LinkRule[];
}

function decide(entities: LinkableEntity[], more: Case = {}) {
  const linker = createLinker(entities, more.rules ?? [], {
    ownerLabels: more.ownerLabels ?? ['service', 'part-of'],
    claims: more.claims,
  });
  const { link, rivals } = linker.decide(
    {
      namespace: 'shop',
      workloadKind: 'Deployment',
      workload: 'front',
      container: 'app',
      labels: more.labels ?? { service: 'pay' },
    },
    'eu',
    more.held,
  );
  return {
    to: link?.entityRef,
    rivals: rivals.map(({ entityRef, reason }) => [entityRef, reason]),
    problems: linker.problems().map(({ code, message }) => [code, message]),
  };
}

describe('a name on a workload', () => {
  it('is of everybody who has it, and stays with who has the workload', () => {
    expect(decide([PAYMENTS, NAMESAKE], { held: HELD })).toMatchObject({
      to: PAYMENTS.entityRef,
      rivals: [[NAMESAKE.entityRef, 'held']],
      problems: [['link-conflict', expect.stringContaining('pay (owner:')]],
    });
    const { entityRef, ownerRefs } = NAMESAKE;
    const held = { entityRef, ownerRefs, since: MARCH };
    expect(decide([PAYMENTS, NAMESAKE], { held }).to).toBe(entityRef);
  });

  it('is nobody’s when several strangers have it, whoever was first', () => {
    for (const since of [JANUARY, FEBRUARY, MARCH]) {
      const squatter = { ...PAYMENTS, claimsSince: since };
      expect(decide([squatter, NAMESAKE])).toMatchObject({
        to: undefined,
        rivals: expect.arrayContaining([
          [PAYMENTS.entityRef, 'tie'],
          [NAMESAKE.entityRef, 'tie'],
        ]),
        problems: [['link-conflict', expect.stringContaining('for nobody')]],
      });
    }
    // Of one owner the one it stands for by itself.
    const own = {
      ...NAMESAKE,
      ownerRefs: PAYMENTS.ownerRefs,
      ownersSince: JANUARY,
    };
    expect(decide([PAYMENTS, own]).to).toBe(own.entityRef);
    // Who says more than the name has it before namesakes that came later.
    const more = { ...PAYMENTS, kubernetesId: 'pay' };
    const labels = { service: 'pay', 'backstage.io/kubernetes-id': 'pay' };
    expect(decide([more, NAMESAKE], { labels }).to).toBe(more.entityRef);
  });

  it('of another label takes nothing that is had by a later one', () => {
    const labels = { service: 'new', 'part-of': 'pay' };
    const first = { ...NAMESAKE, entityRef: 'component:default/new' };
    expect(decide([PAYMENTS, first], { labels, held: HELD })).toMatchObject({
      to: PAYMENTS.entityRef,
      rivals: [[first.entityRef, 'held']],
    });
    expect(decide([PAYMENTS, first], { labels }).to).toBe(PAYMENTS.entityRef);
  });

  it('written with kind, namespace and name is of one entity', () => {
    const labels = { service: 'component.payments.pay' };
    expect(decide([PAYMENTS, NAMESAKE], { labels })).toMatchObject({
      to: PAYMENTS.entityRef,
      rivals: [],
      problems: [],
    });
    // A name may hold dots as well; then it is two.
    const dotted = {
      ...NAMESAKE,
      entityRef: 'resource:default/component.payments.pay',
    };
    expect(decide([PAYMENTS, dotted], { labels }).to).toBeUndefined();
    expect(decide([PAYMENTS, dotted], { labels, held: HELD }).to).toBe(
      PAYMENTS.entityRef,
    );
    // Who takes that name only later takes no workload.
    const claims: ClaimPolicy = { order: ['owner', 'annotation'] };
    const web = {
      ...PAYMENTS,
      entityRef: 'component:default/web',
      kubernetesId: 'web',
    };
    const free = {
      claims,
      held: { ...HELD, entityRef: web.entityRef },
      labels: {
        service: 'component.default.pay',
        'backstage.io/kubernetes-id': 'web',
      },
    };
    expect(decide([web, NAMESAKE], free).to).toBe(web.entityRef);
    const known = { ...NAMESAKE, claimsSince: JANUARY };
    expect(decide([web, known], free).to).toBe(known.entityRef);
  });

  it('counts only as other claims do: from where and for what the policy says', () => {
    const trusting = {
      claims: { trustedLocations: ['url:https://github.com/acme/*'] },
    };
    expect(decide([PAYMENTS, NAMESAKE], trusting)).toEqual({
      to: PAYMENTS.entityRef,
      rivals: [],
      problems: [],
    });
    expect(decide([NAMESAKE], trusting)).toMatchObject({
      to: undefined,
      problems: [
        [
          'link-location-untrusted',
          `The label service=pay names component:default/pay, which doesn't count: it is registered at ${ELSEWHERE}, which is none of headroom.cost.claims.trustedLocations`,
        ],
      ],
    });
    const claims = {
      namespaces: [{ namespace: 'shop', owners: ['group:default/payments'] }],
    };
    expect(decide([PAYMENTS, NAMESAKE], { claims })).toMatchObject({
      to: PAYMENTS.entityRef,
      rivals: [[NAMESAKE.entityRef, 'namespace']],
    });
    expect(decide([NAMESAKE], { claims })).toMatchObject({
      to: undefined,
      rivals: [[NAMESAKE.entityRef, 'namespace']],
    });
  });
});

describe('a catalog that is read for the first time', () => {
  const id = { 'backstage.io/kubernetes-id': 'web', app: 'web', tier: 'front' };
  const web: LinkableEntity = {
    ...PAYMENTS,
    entityRef: 'component:default/web',
    labelSelector: 'app=web',
  };
  const thief: LinkableEntity = {
    ...NAMESAKE,
    entityRef: 'component:default/a-thief',
    claimsSince: JANUARY,
    ownersSince: JANUARY,
  };

  it.each<Partial<LinkableEntity>>([
    { kubernetesId: 'web' },
    { labelSelector: 'app=web,tier=front' },
    { kubernetesId: 'web', kubernetesNamespace: 'shop' },
    { labelSelector: 'app=web', kubernetesClusters: ['eu'] },
    { labelSelector: 'app=web' },
    { labelSelector: 'app=web', ownerRefs: [] },
  ])('gives nobody what strangers claim, one of them by %j', claim => {
    expect(decide([web, { ...thief, ...claim }], { labels: id })).toMatchObject(
      {
        to: undefined,
        rivals: expect.arrayContaining([
          [web.entityRef, 'tie'],
          [thief.entityRef, 'tie'],
        ]),
        problems: [['link-conflict', expect.any(String)]],
      },
    );
  });

  it('gives it to whom the cluster or the configuration names', () => {
    const claim = { ...thief, kubernetesId: 'web' };
    const named = { ...id, service: 'component.default.web' };
    expect(decide([web, claim], { labels: named }).to).toBe(web.entityRef);
    // A mere name is anybody's, unless the configuration puts it first.
    const bare = { labels: { ...id, service: 'web' } };
    expect(decide([web, claim], bare).to).toBeUndefined();
    const order = ['owner', 'annotation'] as const;
    expect(decide([web, claim], { ...bare, claims: { order } }).to).toBe(
      web.entityRef,
    );
    for (const rule of [{}, { yields: true }]) {
      const rules = [{ namespace: '*', entityRef: 'web', ...rule }];
      expect(decide([web, claim], { labels: id, rules }).to).toBe(
        web.entityRef,
      );
    }
    const trustedLocations = ['url:https://github.com/acme/*/blob/main/*'];
    expect(
      decide([web, claim], { labels: id, claims: { trustedLocations } }).to,
    ).toBe(web.entityRef);
  });
});

describe('a name that another entity had', () => {
  const rules = [{ namespace: 'shop', entityRef: 'component:payments/pay' }];
  const former: LinkableEntity = {
    ...PAYMENTS,
    entityRef: 'component:payments/pay@2026-02-20-7',
    vanished: true,
  };
  const heir: LinkableEntity = { ...NAMESAKE, entityRef: PAYMENTS.entityRef };
  const held = { ...HELD, entityRef: former.entityRef };

  it('has nothing of it, by name, by owner label or by rule', () => {
    expect(decide([former, heir], { held })).toMatchObject({
      to: former.entityRef,
      rivals: [[heir.entityRef, 'held']],
    });
    for (const [decides, owner] of [
      [false, heir],
      [true, heir],
      // Who says that it is the former owner's may say something else tomorrow.
      [true, { ...heir, ownerRefs: PAYMENTS.ownerRefs }],
    ] as const) {
      expect(
        decide([former, owner], {
          held: { ...held, provenance: 'config' },
          rules: [{ ...rules[0], decides }],
          labels: {},
        }).to,
      ).toBe(former.entityRef);
    }
    // What came after is the heir's, if it claims it and nobody else does.
    expect(decide([former, heir]).to).toBe(heir.entityRef);
    expect(decide([heir], { held }).to).toBe(heir.entityRef);
  });

  it('has it again when it is of the same file and owner', () => {
    const back = {
      ...heir,
      ownerRefs: PAYMENTS.ownerRefs,
      location: PAYMENTS.location,
    };
    expect(decide([former, back], { held })).toMatchObject({
      to: back.entityRef,
      rivals: [],
    });
    // Who reads the file elsewhere now is not who wrote it.
    for (const moved of [former, back].map(each => ({
      ...each,
      moved: true,
    }))) {
      const entities = [former, back].map(each =>
        each.entityRef === moved.entityRef ? moved : each,
      );
      expect(decide(entities, { held }).to).toBe(former.entityRef);
    }
  });
});

describe('whoever registers whatever name', () => {
  const names = fc.constantFrom(
    ...['component:default/pay', 'component:other/pay', 'resource:default/pay'],
    ...['component:default/new', 'component:default/component.payments.pay'],
    'component:default/shop',
  );
  const stranger: fc.Arbitrary<LinkableEntity> = fc.record({
    entityRef: names,
    kubernetesId: fc.constantFrom('web', undefined),
    labelSelector: fc.constantFrom('app=web', 'app=web,tier=front', undefined),
    kubernetesNamespace: fc.constantFrom('shop', undefined),
    ownerRefs: fc.constantFrom<string[]>(['group:default/strangers'], []),
    claimsSince: fc.constantFrom(JANUARY, FEBRUARY, MARCH),
    ownersSince: fc.constantFrom(JANUARY, MARCH),
    location: fc.constantFrom(ELSEWHERE, ACME),
  });
  const strangers = fc.uniqueArray(stranger, {
    selector: each => each.entityRef,
  });
  const labels = fc.record({
    service: fc.constantFrom('pay', 'new', 'component.payments.pay', 'none'),
    'part-of': fc.constantFrom('pay', 'shop', 'none'),
    'backstage.io/kubernetes-id': fc.constantFrom('web', 'none'),
    app: fc.constantFrom('web', 'none'),
    tier: fc.constant('front'),
  });
  const policies = fc.constantFrom<ClaimPolicy>(
    {},
    { order: ['owner', 'annotation'] },
    { order: ['owner', 'label selector', 'annotation'] },
    { order: ['annotation', 'owner'] },
    { trustedLocations: ['url:https://github.com/acme/*'] },
  );
  const holders = fc.constantFrom<LinkableEntity>(
    PAYMENTS,
    { ...PAYMENTS, kubernetesId: 'web' },
    { ...PAYMENTS, labelSelector: 'app=web' },
    { ...PAYMENTS, vanished: true },
  );

  it('nothing moves from who has it', () => {
    fc.assert(
      fc.property(
        strangers,
        holders,
        labels,
        policies,
        (others, holder, written, claims) => {
          const more = { labels: written, claims, held: HELD };
          fc.pre(decide([holder], more).to !== undefined);
          expect(decide([...others, holder], more).to).toBe(holder.entityRef);
          expect(decide([holder, ...others].reverse(), more).to).toBe(
            holder.entityRef,
          );
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('no name, kind or order of reading decides between equally old strangers', () => {
    const fresh = strangers.map(others =>
      others.map(other => ({
        ...other,
        claimsSince: JANUARY,
        ownersSince: JANUARY,
      })),
    );
    fc.assert(
      fc.property(fresh, holders, labels, (others, entity, written) => {
        const service = { ...written, service: 'none' };
        const there = decide([entity, ...others], { labels: service });
        const back = decide([...[...others].reverse(), entity], {
          labels: service,
        });
        expect(back).toEqual(there);
        const claimants = [entity, ...others].filter(
          each => decide([each], { labels: service }).to !== undefined,
        );
        const owners = new Set(claimants.map(each => String(each.ownerRefs)));
        const isOne =
          claimants.length === 1 || (owners.size === 1 && !owners.has(''));
        expect(there.to !== undefined).toBe(isOne);
      }),
      { numRuns: 3000 },
    );
  });
});
