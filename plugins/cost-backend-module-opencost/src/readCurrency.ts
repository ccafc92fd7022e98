import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const KEY = 'headroom.opencost.currency';
/** OpenCost's own default. */
const DEFAULT_CURRENCY = 'USD';

/** Currency of the amounts OpenCost answers. @throws InputError when it is no code. @internal */
export function readCurrency(config: Config): string {
  const currency = config.getOptionalString(KEY) ?? DEFAULT_CURRENCY;
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw new InputError(
      `Invalid configuration: ${KEY} '${currency}' must be an ISO 4217 code such as EUR`,
    );
  }
  return currency;
}
