import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { validZone } from '@headroom/common';

const AT = 'headroom.timezone';

/**
 * The zone in which days begin and end, `headroom.timezone`: an IANA name, `UTC`
 * when the key is absent.
 *
 * @throws InputError that names the key, its value and what would be right.
 * @public
 */
export function readTimezone(config: Config): string {
  const timezone = config.getOptionalString(AT) ?? 'UTC';
  if (!validZone(timezone)) {
    throw new InputError(
      `${AT} is '${timezone}'; it must be an IANA zone such as Europe/Berlin`,
    );
  }
  return timezone;
}
