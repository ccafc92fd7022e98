import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { validDay } from '@headroom/common';
import { z } from 'zod';
import { ExchangeRate } from './CostConfig';

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

/** Rates under `headroom.exchangeRates`, oldest first. */
export function readExchangeRates(
  config: Config,
  currency: string,
): ExchangeRate[] {
  const parsed = schema.safeParse(config.getOptional(AT) ?? []);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(`${[AT, ...issue.path].join('.')} ${issue.message}`);
  }
  if (parsed.data.some(rate => rate.currency === currency)) {
    throw new InputError(
      `${AT} has a rate for ${currency}, which is headroom.currency itself; leave it out`,
    );
  }
  return [...parsed.data].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
}
