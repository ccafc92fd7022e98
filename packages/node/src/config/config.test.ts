import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readCurrency } from './currency';
import { readExchangeRates } from './exchangeRates';
import { sayFrequency } from './sayFrequency';
import { readTimezone } from './timezone';

const configOf = (headroom: JsonObject) => new ConfigReader({ headroom });

describe('readTimezone', () => {
  it('is UTC unless configured', () => {
    expect(readTimezone(new ConfigReader({}))).toBe('UTC');
    expect(readTimezone(configOf({ timezone: 'Europe/Berlin' }))).toBe(
      'Europe/Berlin',
    );
  });

  it('refuses what is no zone', () => {
    expect(() => readTimezone(configOf({ timezone: 'Berlin' }))).toThrow(
      "headroom.timezone is 'Berlin'; it must be an IANA zone such as Europe/Berlin",
    );
  });
});

describe('sayFrequency', () => {
  it.each([
    [{ seconds: 15 }, 'every 15 seconds'],
    [{ minutes: 1 }, 'every minute'],
    [{ minutes: 90 }, 'every 90 minutes'],
    [{ hours: 2 }, 'every 2 hours'],
    [{ milliseconds: 10 }, 'every second'],
    [{ cron: '0 * * * *' }, 'by the cron schedule 0 * * * *'],
    [{ trigger: 'manual' as const }, 'when somebody asks for it'],
  ])('%j is %s', (frequency, said) => {
    expect(sayFrequency({ frequency })).toBe(said);
  });
});

describe('readCurrency', () => {
  it('is USD unless configured', () => {
    expect(readCurrency(new ConfigReader({}))).toBe('USD');
    expect(readCurrency(configOf({ currency: 'EUR' }))).toBe('EUR');
  });

  it.each(['eur', 'EURO', '€'])('refuses %s', currency => {
    expect(() => readCurrency(configOf({ currency }))).toThrow(
      `headroom.currency is '${currency}'; it must be an ISO 4217 code such as USD`,
    );
  });
});

describe('readExchangeRates', () => {
  const read = (...exchangeRates: JsonObject[]) =>
    readExchangeRates(configOf({ exchangeRates }), 'USD');
  const EUR = { currency: 'EUR', rate: 0.92, validFrom: '2026-01-01' };

  it('has none unless configured', () => {
    expect(readExchangeRates(new ConfigReader({}), 'USD')).toEqual([]);
  });

  it('sorts by the day they are valid from, and keeps every digit', () => {
    expect(
      read(EUR, { ...EUR, rate: '0.900000001', validFrom: '2025-12-01' }),
    ).toEqual([
      { ...EUR, rate: '0.900000001', validFrom: '2025-12-01' },
      { ...EUR, rate: '0.92' },
    ]);
  });

  it.each<[JsonObject, string]>([
    [
      { ...EUR, currency: 'euro' },
      'headroom.exchangeRates[0].currency is "euro"; it must be an ISO 4217 code such as EUR',
    ],
    [
      { ...EUR, rate: 0 },
      'headroom.exchangeRates[0].rate is 0; it must be a number above 0, such as 0.92',
    ],
    [
      { ...EUR, rate: '-1' },
      'headroom.exchangeRates[0].rate is "-1"; it must be a number above 0, such as 0.92',
    ],
    [
      { ...EUR, validFrom: '2026-02-30' },
      'headroom.exchangeRates[0].validFrom is "2026-02-30"; it must be a day such as 2026-01-31',
    ],
    [
      { ...EUR, currency: 'USD' },
      'headroom.exchangeRates has a rate for USD, which is headroom.currency itself; leave it out',
    ],
  ])('refuses %j', (rate, message) => {
    expect(() => read(rate)).toThrow(message);
  });
});
