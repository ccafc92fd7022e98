import fc from 'fast-check';
import {
  decide,
  EARLY,
  heldBy,
  LATER,
  MIDDLE,
  OPS,
  PLATFORM,
  RULE,
  SHOP,
  STRANGERS,
  WEB,
} from './__testUtils__/claimants';
import { ClaimPolicy } from './claimPolicy';
import { LinkableEntity } from './linkableEntity';
import { LinkRule } from './linkRules';
import { HeldLink } from './types';

describe('whoever registers whatever', () => {
  const times = fc.constantFrom(EARLY, MIDDLE, LATER);
  const claims = {
    kubernetesId: fc.constantFrom('web', 'other', undefined),
    labelSelector: fc.constantFrom(
      'app=web',
      'app=web,tier=front',
      'tier=front',
      'app',
      undefined,
    ),
    kubernetesNamespace: fc.constantFrom('shop', undefined),
    claimsSince: times,
    location: fc.constantFrom('url:a', 'url:b', undefined),
  };
  const entityRef = fc
    .stringMatching(/^[a-z]{1,3}$/)
    .map(name => `component:default/${name}-other`);
  const owners = fc.constantFrom<string[]>(
    [SHOP],
    [OPS],
    [STRANGERS],
    [SHOP, STRANGERS],
    [],
  );
  const anybody: fc.Arbitrary<LinkableEntity> = fc.record({
    ...claims,
    entityRef,
    ownerRefs: owners,
    ownersSince: times,
    vanished: fc.constantFrom(true, undefined),
  });
  /** Of other owners, or of whatever owners since after the link was made. */
  const stranger: fc.Arbitrary<LinkableEntity> = fc.oneof(
    fc.record({
      ...claims,
      entityRef,
      ownerRefs: fc.constantFrom<string[]>([STRANGERS], [], [SHOP, STRANGERS]),
      ownersSince: times,
    }),
    fc.record({
      ...claims,
      entityRef,
      ownerRefs: owners,
      ownersSince: fc.constant(LATER),
    }),
  );
  const all = (each: fc.Arbitrary<LinkableEntity>) =>
    fc.uniqueArray(each, { selector: one => one.entityRef, maxLength: 8 });
  const rules = fc.constantFrom<LinkRule[]>(
    [],
    [RULE],
    [{ ...RULE, yields: true }],
  );

  it('the order of what is known decides nothing', () => {
    const policies = fc.constantFrom<ClaimPolicy>(
      {},
      { order: ['owner', 'annotation'] },
      { order: ['annotation', 'owner', 'label selector'] },
    );
    fc.assert(
      fc.property(
        all(anybody).chain(entities =>
          fc.tuple(
            fc.constant([...entities, WEB, PLATFORM]),
            fc.shuffledSubarray([...entities, WEB, PLATFORM], {
              minLength: entities.length + 2,
            }),
            fc.constantFrom(undefined, ...entities, WEB, PLATFORM),
          ),
        ),
        policies,
        rules,
        fc.constantFrom<HeldLink['provenance']>('config', undefined),
        ([entities, shuffled, holder], policy, ruled, provenance) => {
          const more = {
            claims: policy,
            rules: ruled,
            held: holder && heldBy(holder, { provenance }),
          };
          expect(decide(shuffled, more)).toEqual(decide(entities, more));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('a stranger changes nothing of what somebody has', () => {
    const holders = fc.constantFrom<LinkableEntity>(
      WEB,
      { ...WEB, kubernetesId: 'web', claimsSince: LATER },
      { ...WEB, labelSelector: 'tier=front', claimsSince: LATER },
      { ...WEB, ownerRefs: [OPS], ownersSince: LATER },
    );
    fc.assert(
      fc.property(all(stranger), holders, rules, (others, holder, ruled) => {
        const held = heldBy(WEB);
        const entities = [...others, PLATFORM, holder];
        expect(decide(entities, { held, rules: ruled }).to).toBe(WEB.entityRef);
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(all(stranger), others => {
        const held = heldBy(PLATFORM, { provenance: 'config' });
        const entities = [...others, PLATFORM];
        expect(decide(entities, { held, rules: [RULE] }).to).toBe(
          PLATFORM.entityRef,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('who claims later never has what somebody claims, and is said', () => {
    const late = all(stranger).map(others =>
      others.map(other => ({ ...other, claimsSince: LATER })),
    );
    fc.assert(
      fc.property(late, rules, (others, ruled) => {
        const before = decide([WEB, PLATFORM], { rules: ruled });
        const after = decide([...others, WEB, PLATFORM], { rules: ruled });
        expect(after.to).toBe(before.to);
        const claimants = others.filter(
          other => decide([other]).to !== undefined,
        );
        const said = after.rivals.map(([ref]) => ref);
        expect(said).toEqual(
          expect.arrayContaining(claimants.map(each => each.entityRef)),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
