import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { createLinker, HeldLink, LinkableEntity } from '@headroom/common';
import { parse } from 'yaml';
import { readCostConfig } from './readCostConfig';

const PAGE = resolve(__dirname, '../../../../../docs/operations.md');

/** The example of docs/operations.md, as it is written there. */
function documented() {
  const section = readFileSync(PAGE, 'utf8').split(
    '### Annotations decide who sees cost',
  )[1];
  const [, example] = /```yaml\n(.*?)```/s.exec(section) ?? [];
  return readCostConfig(new ConfigReader(parse(example)));
}

const { claims, ownerLabels, links } = documented();

const JANUARY = '2026-01-01T00:00:00.000Z';
const MARCH = '2026-03-01T00:00:00.000Z';
const SHOP = 'group:default/shop';
const at = (path: string) => `url:https://github.com/${path}`;

const entity = (
  name: string,
  change: Partial<LinkableEntity> = {},
): LinkableEntity => ({
  entityRef: `component:${name}`,
  ownerRefs: [SHOP],
  claimsSince: JANUARY,
  ownersSince: JANUARY,
  location: at('acme/web/blob/main/catalog-info.yaml'),
  ...change,
});

const WEB = entity('shop/web');
/** What somebody else may register, by every kind of claim at once. */
const THIEF: Partial<LinkableEntity> = {
  ownerRefs: ['group:default/strangers'],
  kubernetesId: 'web',
  labelSelector: 'app=web,tier=front',
  kubernetesNamespace: undefined,
  claimsSince: MARCH,
  ownersSince: MARCH,
};
const OUTSIDE = { ...THIEF, location: at('strangers/x/blob/main/c.yaml') };
const INSIDE = { ...THIEF, location: at('acme/x/blob/main/c.yaml') };

function decide(
  entities: LinkableEntity[],
  more: { namespace?: string; service?: string; held?: HeldLink } = {},
) {
  const { link, rivals } = createLinker(entities, links, {
    claims,
    ownerLabels,
  }).decide(
    {
      namespace: more.namespace ?? 'shop-live',
      workloadKind: 'Deployment',
      workload: 'front',
      container: 'app',
      labels: {
        'acme.io/service': more.service ?? 'web',
        'backstage.io/kubernetes-id': 'web',
        app: 'web',
        tier: 'front',
      },
    },
    'eu',
    more.held,
  );
  return [link?.entityRef, ...rivals.map(({ reason }) => reason)];
}

const heldBy = ({ entityRef, ownerRefs }: LinkableEntity): HeldLink => ({
  entityRef,
  ownerRefs,
  since: '2026-02-01T00:00:00.000Z',
});

/** Names that the label could mean, the one it stands for by itself first. */
const NAMES = ['default/web', 'aaa/web', 'default/a-thief'];

describe('the documented policy of claims', () => {
  it('gives a namespace of the shop to nobody but the shop', () => {
    for (const name of NAMES) {
      for (const held of [undefined, heldBy(WEB)]) {
        const outside = entity(name, OUTSIDE);
        expect(decide([WEB, outside], { held })).toEqual([WEB.entityRef]);
        expect(decide([outside], { held })).toEqual([undefined]);
        const inside = entity(name, INSIDE);
        expect(decide([WEB, inside], { held })).toEqual([
          WEB.entityRef,
          'namespace',
        ]);
        expect(decide([inside], { held })).toEqual([undefined, 'namespace']);
      }
      // Nor does who has it already keep it.
      const early = { claimsSince: JANUARY, ownersSince: JANUARY };
      const holder = entity(name, { ...INSIDE, ...early });
      expect(decide([WEB, holder], { held: heldBy(holder) })).toEqual([
        WEB.entityRef,
        'namespace',
      ]);
    }
  });

  it('lets nobody take what somebody has elsewhere', () => {
    const holders = [WEB, entity('default/other', { kubernetesId: 'web' })];
    const cases = holders.flatMap(holder =>
      ['web', 'component.default.web', 'none'].map(service => ({
        holder,
        more: { namespace: 'ops', service, held: heldBy(holder) },
      })),
    );
    const theirs = cases.filter(
      ({ holder, more }) => decide([holder], more)[0] === holder.entityRef,
    );
    expect(theirs).toHaveLength(4);
    for (const { holder, more } of theirs) {
      for (const name of NAMES) {
        for (const change of [OUTSIDE, INSIDE]) {
          const [to] = decide([holder, entity(name, change)], more);
          expect(to).toBe(holder.entityRef);
        }
      }
    }
  });

  it('gives nobody what strangers of trusted files claim at first', () => {
    const early = { claimsSince: JANUARY, ownersSince: JANUARY };
    const other = entity('default/other', { kubernetesId: 'web' });
    const thief = entity('default/a-thief', { ...INSIDE, ...early });
    const more = { namespace: 'ops', service: 'none' };
    expect(decide([other, thief], more)).toEqual([undefined, 'tie', 'tie']);
    const namesake = entity('default/web', { ...INSIDE, ...early });
    expect(
      decide([WEB, { ...namesake, kubernetesId: undefined }], {
        namespace: 'ops',
      }),
    ).toEqual([undefined, 'tie', 'tie']);
    expect(
      decide([WEB, namesake], {
        namespace: 'ops',
        service: 'component.shop.web',
      })[0],
    ).toBe(WEB.entityRef);
  });

  it.each([
    'acme/web/blob/0123abcd/catalog-info.yaml',
    'acme/web/blob/refs/pull/7/head/catalog-info.yaml',
    'acme/web/blob/evil/blob/main/catalog-info.yaml',
    'acme/../strangers/x/blob/main/c.yaml',
    'acme/..%2fstrangers/blob/main/c.yaml',
    'acme/%252e%252e/blob/main/c.yaml',
    'acme/..;/blob/main/c.yaml',
    'acme-impostor/x/blob/main/c.yaml',
    'strangers/acme/blob/main/c.yaml',
  ])('does not trust %s', path => {
    const web = { ...WEB, kubernetesId: 'web', location: at(path) };
    expect(decide([web])).toEqual([undefined]);
    expect(decide([web], { namespace: 'ops' })).toEqual([undefined]);
  });

  it('counts no selectors, and a rule that decides before all claims', () => {
    const bySelector = entity('default/x', { labelSelector: 'app=web' });
    const more = { namespace: 'ops', service: 'none' };
    expect(decide([bySelector], more)).toEqual([undefined]);
    const shop = entity('default/shop');
    const thief = entity('default/web', INSIDE);
    const legacy = { namespace: 'shop-legacy', held: heldBy(thief) };
    expect(decide([shop, thief, WEB], legacy)).toEqual([shop.entityRef]);
    // Also when somebody else has the name since.
    const former = entity('default/shop@2026-03-01-1', { vanished: true });
    const held: HeldLink = { ...heldBy(former), provenance: 'config' };
    expect(
      decide([former, entity('default/shop', OUTSIDE)], { ...legacy, held }),
    ).toEqual([former.entityRef]);
  });
});
