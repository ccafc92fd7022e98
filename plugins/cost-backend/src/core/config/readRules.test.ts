import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readRules } from './readRules';

const read = (watch: JsonObject) =>
  readRules(new ConfigReader({ headroom: { cost: { alerts: { watch } } } }));

describe('readRules', () => {
  it('has the rules that are built in, of which one has to be switched on', () => {
    expect(
      read({}).map(({ id, enabled, side, threshold }) => [
        id,
        enabled,
        side,
        threshold,
      ]),
    ).toEqual([
      ['daily-cost', true, 'above', 100],
      ['gpu-efficiency', true, 'below', 50],
      ['utilisation', true, 'below', 30],
      ['waste', true, 'above', 50],
      ['hourly-spend', false, 'above', 100_000_000],
      ['spot-share', true, 'below', 20],
    ]);
  });

  it('changes what is said of one, and leaves the rest as it is', () => {
    const rules = read({
      utilisation: { below: 20, floor: '12.50', heldHours: 4 },
      waste: { enabled: false },
      'hourly-spend': { enabled: true, above: 2.5 },
    });
    expect(rules[2]).toEqual({
      id: 'utilisation',
      measure: 'utilisation',
      side: 'below',
      threshold: 20,
      holdHours: 4,
      subjects: ['service'],
      only: [],
      floorMicros: 12_500_000n,
      severity: 'normal',
      notify: [],
      enabled: true,
    });
    expect(rules[3]).toMatchObject({ id: 'waste', enabled: false });
    expect(rules[4]).toMatchObject({ enabled: true, threshold: 2_500_000 });
  });

  it('adds rules of one’s own', () => {
    expect(
      read({
        'gpu-of-serving': {
          measure: 'gpu-efficiency',
          below: 70,
          subjects: ['team'],
          only: ['group:default/model-serving'],
          notify: ['shop'],
          severity: 'high',
        },
      })[6],
    ).toEqual({
      id: 'gpu-of-serving',
      measure: 'gpu-efficiency',
      side: 'below',
      threshold: 70,
      holdHours: 2,
      subjects: ['team'],
      only: ['group:default/model-serving'],
      floorMicros: 50_000_000n,
      severity: 'high',
      notify: ['group:default/shop'],
      enabled: true,
    });
  });

  it.each<[JsonObject, string]>([
    [
      { mine: { below: 3 } },
      'headroom.cost.alerts.watch.mine.measure is not set; it must be one of daily-cost, utilisation, gpu-efficiency, waste, hourly-spend, spot-share, as no rule mine is built in',
    ],
    [
      { mine: { measure: 'waste' } },
      'headroom.cost.alerts.watch.mine has neither above nor below; it must have one of them, such as below: 40',
    ],
    [
      { waste: { above: 50, below: 30 } },
      'headroom.cost.alerts.watch.waste has both above (50) and below (30); it must have one of them',
    ],
    [
      { waste: { above: 150 } },
      'headroom.cost.alerts.watch.waste.above is 150; it must be a percentage above 0, at most 100',
    ],
    [
      { waste: { measure: 'utilisation' } },
      'headroom.cost.alerts.watch.waste.measure is "utilisation"; it must be waste, which the rule that is built in under this name has, or the rule must have a name of its own',
    ],
    [
      { waste: { heldHours: 100 } },
      'headroom.cost.alerts.watch.waste.heldHours is 100; it must be from 1 to 72',
    ],
    [
      { waste: { subjects: ['pod'] } },
      'headroom.cost.alerts.watch.waste.subjects[0] is "pod"; it must be one of service, team, cluster',
    ],
    [
      { waste: { floor: '-1' } },
      'headroom.cost.alerts.watch.waste.floor is "-1"; it must be an amount a day of headroom.currency such as 25',
    ],
    [
      { waste: { threshold: 3 } },
      'headroom.cost.alerts.watch.waste has the key threshold, which nothing reads; remove it or correct its name',
    ],
  ])('refuses %j', (watch, message) => {
    expect(() => read(watch)).toThrow(message);
  });
});
