import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readScalingConfig } from './readScalingConfig';

const read = (headroom: JsonObject = {}) =>
  readScalingConfig(new ConfigReader({ headroom }), { clusters: ['us-west'] });

const POLICY = {
  id: 'nights',
  title: 'Nights',
  scope: { type: 'namespace', namespace: 'dev' },
  outside: { type: 'zero' },
};

describe('the configuration of scaling', () => {
  it('makes no policy of annotations, and bounds what is done, unless it says otherwise', () => {
    expect(read()).toMatchObject({
      upTo: 'enforce',
      annotations: { workloads: [], entities: [] },
      policies: [],
      cycleMs: 30_000,
      limits: {
        blastRadius: { perRun: { count: 100, percent: 20 }, atLeast: 5 },
        contested: { times: 2 },
      },
    });
  });

  it('fills what is left out of a policy, which is its own', () => {
    const [policy] = read({ scaling: { policies: [POLICY] } }).policies;
    expect(policy).toMatchObject({
      mode: 'observe',
      origin: { type: 'config' },
      graceMinutes: 15,
    });
  });

  it('keeps defaults beside what is given', () => {
    expect(
      read({ acting: { blastRadius: { atLeast: 1 } } }).limits.blastRadius,
    ).toEqual({
      perRun: { count: 100, percent: 20 },
      perDay: { count: 500, percent: 60 },
      atLeast: 1,
    });
  });

  it.each<[string, JsonObject, string]>([
    [
      'a mode',
      { scaling: { mode: 'force' } },
      'headroom.scaling.mode is "force"; it must be one of observe, propose, enforce',
    ],
    [
      'a cluster',
      { scaling: { clusters: [{ name: 'us', mode: 'observe' }] } },
      "headroom.scaling.clusters[0].name is 'us'; it must be a cluster of headroom.clusters: us-west",
    ],
    [
      'a key',
      { scaling: { polices: [] } },
      'headroom.scaling has the key polices, which nothing reads; remove it or correct its name',
    ],
    [
      'a zone of a policy',
      {
        scaling: {
          policies: [
            { ...POLICY, schedules: [{ zone: 'Europe/Nowhere', windows: [] }] },
          ],
        },
      },
      'schedules[0].zone',
    ],
    [
      'a second policy of an id',
      { scaling: { policies: [POLICY, POLICY] } },
      "headroom.scaling.policies[1].id is 'nights', which another policy has",
    ],
    [
      'a cycle',
      { scaling: { cycle: { hours: 2 } } },
      'headroom.scaling.cycle is 7200 seconds; it must be 1 to 600 seconds',
    ],
    [
      'a freeze',
      {
        acting: {
          freezeWindows: [
            {
              title: 'Launch',
              from: '2026-12-02T00:00:00Z',
              to: '2026-12-01T00:00:00Z',
            },
          ],
        },
      },
      'headroom.acting.freezeWindows[0] ends before it begins',
    ],
  ])('names %s that is wrong', (_, headroom, message) => {
    expect(() => read(headroom)).toThrow(message);
  });
});
