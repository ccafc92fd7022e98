import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { validDay } from '@headroom/common';
import { z } from 'zod';
import { parseSection } from './parseSection';

/**
 * What one unit of the stored currency is in another, from a day on.
 *
 * @public
 */
export interface ExchangeRate {
  /** ISO 4217 code, never the stored currency itself. */
  currency: string;
  /** Decimal string above 0: so much of `currency` for 1 of the stored currency. */
  rate: string;
  /** `YYYY-MM-DD`, inclusive. */
  validFrom: string;
}

const AT = 'headroom.exchangeRates';

const schema = z.array(
  z.strictObject({
    currency: z.string().regex(/^[A-Z]{3}$/, {
      error: 'must be an ISO 4217 code such as EUR',
    }),
    rate: z
      .union([z.number(), z.string()])
      .transform(String)
      .refine(rate => /^\d+(\.\d+)?$/.test(rate) && Number(rate) > 0, {
        error: 'must be a number above 0, such as 0.92',
      }),
    validFrom: z
      .string()
      .refine(validDay, { error: 'must be a day such as 2026-01-31' }),
  }),
);

/**
 * The rates under `headroom.exchangeRates`, oldest first; none when the key is
 * absent.
 *
 * @param currency - that amounts are stored in, see {@link readCurrency}
 * @throws InputError that names the key and what would be right.
 * @public
 */
export function readExchangeRates(
  config: Config,
  currency: string,
): ExchangeRate[] {
  const rates = parseSection(AT, schema, config.getOptional(AT) ?? []);
  if (rates.some(rate => rate.currency === currency)) {
    throw new InputError(
      `${AT} has a rate for ${currency}, which is headroom.currency itself; leave it out`,
    );
  }
  return [...rates].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
}
