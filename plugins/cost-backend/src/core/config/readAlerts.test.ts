import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readAlerts } from './readAlerts';

const read = (alerts: JsonObject) =>
  readAlerts(new ConfigReader({ headroom: { cost: { alerts } } }), 'UTC');

describe('readAlerts', () => {
  it('tells everything at once where nothing is said', () => {
    expect(read({})).toMatchObject({
      rules: { zone: 'UTC' },
      readers: new Set(),
      membersReadBelow: false,
      schedule: { frequency: { minutes: 1 } },
    });
    expect(read({}).platformTeam).toBeUndefined();
  });

  it('reads all of it', () => {
    expect(
      read({
        platformTeam: 'Group:Platform',
        readers: ['group:default/finops'],
        membersReadBelow: true,
        zone: 'Europe/Berlin',
        quietHours: { from: '20:00', to: '07:00', weekends: true },
        digest: { at: '09:00', kinds: ['forecast'] },
      }),
    ).toMatchObject({
      platformTeam: 'group:default/platform',
      readers: new Set(['group:default/finops']),
      membersReadBelow: true,
      rules: {
        zone: 'Europe/Berlin',
        quietHours: { from: '20:00', to: '07:00', weekends: true },
        digest: { at: '09:00', kinds: ['forecast'] },
      },
    });
  });

  it.each<[JsonObject, string]>([
    [{ platformTeam: 'user:default/ann' }, 'headroom.cost.alerts.platformTeam'],
    [{ membersReadBelow: 'yes' }, 'must be true or false'],
    [{ zone: 'Mars/Base' }, 'must be an IANA zone'],
    [
      { quietHours: { from: '8pm', to: '07:00' } },
      'headroom.cost.alerts.quietHours.from',
    ],
    [{ quietHours: { from: '20:00' } }, 'must have both from and to'],
    [{ quietHours: { from: '20:00', to: '20:00' } }, 'that is not its to'],
    [{ quietHours: { form: '20:00' } }, 'form'],
    [
      { digest: { at: '09:00', kinds: ['mood'] } },
      'must be one of budget, forecast',
    ],
    [
      { digest: { at: '21:00' }, quietHours: { from: '20:00', to: '07:00' } },
      'must be outside of quietHours',
    ],
  ])('refuses %j', (alerts, message) => {
    expect(() => read(alerts)).toThrow(message);
  });
});
