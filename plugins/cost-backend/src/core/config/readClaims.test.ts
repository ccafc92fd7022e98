import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readClaims } from './readClaims';
import { readLinkRules } from './readLinkRules';

const read = (claims: JsonObject) =>
  readClaims(new ConfigReader({ headroom: { cost: { claims } } }));

describe('readClaims', () => {
  it('counts everything by default', () => {
    expect(readClaims(new ConfigReader({}))).toEqual({});
  });

  it('reads order, locations and namespaces', () => {
    expect(
      read({
        order: ['owner', 'selector'],
        trustedLocations: ['url:https://github.com/acme/*'],
        namespaces: [
          { namespace: 'shop-*', owners: ['Shop', 'user:default/Eve'] },
          { cluster: 'eu', namespace: '*', owners: ['group:ops/platform'] },
        ],
      }),
    ).toEqual({
      order: ['owner', 'label selector'],
      trustedLocations: ['url:https://github.com/acme/*'],
      namespaces: [
        {
          namespace: 'shop-*',
          owners: ['group:default/shop', 'user:default/eve'],
        },
        { cluster: 'eu', namespace: '*', owners: ['group:ops/platform'] },
      ],
    });
  });

  it.each<[JsonObject, string]>([
    [
      { order: ['rule'] },
      'headroom.cost.claims.order[0] is "rule"; it must be one of annotation, selector and owner',
    ],
    [
      { order: [] },
      'headroom.cost.claims.order must name a kind of claim that counts',
    ],
    [
      { order: ['owner', 'owner'] },
      'headroom.cost.claims.order must not name a kind twice',
    ],
    [
      { namespaces: [{ namespace: 'shop', owners: [] }] },
      'headroom.cost.claims.namespaces[0].owners must name a group or user that may claim it',
    ],
    [
      { namespaces: [{ namespace: 'shop', owners: ['group:'] }] },
      "headroom.cost.claims.namespaces[0].owners[0] is 'group:'; it must be a group or user, e.g. group:default/shop",
    ],
    [
      { trustedLocations: [''] },
      'headroom.cost.claims.trustedLocations[0] must not be empty',
    ],
    [
      {
        trustedLocations: ['url:https://github.com/acme/*', 'github.com/acme'],
      },
      "headroom.cost.claims.trustedLocations[1] is 'github.com/acme'; it must be a whole location such as url:https://github.com/acme/*",
    ],
    [
      { trustedLocations: ['url:https://github.com*'] },
      "headroom.cost.claims.trustedLocations[0] is 'url:https://github.com*'; it must be",
    ],
    [
      { trustedLocations: ['url:ftp://u:secret@github.com/acme?token=secret'] },
      "headroom.cost.claims.trustedLocations[0] is 'url:ftp://***@github.com/acme?…'; it must be",
    ],
  ])('refuses %j', (claims, message) => {
    expect(() => read(claims)).toThrow(message);
  });
});

describe('readLinkRules', () => {
  const readRule = (rule: JsonObject) =>
    readLinkRules(new ConfigReader({ headroom: { cost: { links: [rule] } } }));

  it('reads rules that decide and rules that yield', () => {
    const rule = { namespace: 'shop', entityRef: 'web' };
    for (const change of [{}, { decides: true }, { yields: true }]) {
      expect(readRule({ ...rule, ...change })).toEqual([
        { ...rule, ...change },
      ]);
    }
  });

  it('refuses rules that do both', () => {
    const rule = { namespace: 'shop', entityRef: 'web' };
    expect(() => readRule({ ...rule, decides: true, yields: true })).toThrow(
      'headroom.cost.links[0] cannot both decide and yield',
    );
  });
});
