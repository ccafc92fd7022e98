import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const AT = 'headroom.currency';
const DEFAULT = 'USD';

/**
 * The currency that amounts are stored in, `headroom.currency`: an ISO 4217 code,
 * `USD` when the key is absent.
 *
 * @throws InputError that names the key, its value and what would be right.
 * @public
 */
export function readCurrency(config: Config): string {
  const currency = config.getOptionalString(AT) ?? DEFAULT;
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw new InputError(
      `${AT} is '${currency}'; it must be an ISO 4217 code such as ${DEFAULT}`,
    );
  }
  return currency;
}
