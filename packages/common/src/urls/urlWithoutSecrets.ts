/** Up to the last `@`: a password may have any character that should have been encoded, also `/`, `?` and `#`. */
const USER_INFO = /^((?:[a-z][a-z0-9+.-]*:)*\/\/)?(.*)@(.*)$/is;
/** Queries, fragments and parameters of a path are where tokens are put. */
const PARAMETERS = /([?#;]).+$/s;

/**
 * A URL as a message may repeat it, also one that can't be parsed: what may be a
 * user's name, a password or a token is not in it. Where a `?`, `#` or `;` stands
 * before the last `@`, what follows may be the host or the end of a token, so it
 * is not said either.
 *
 * @example `https://***@prometheus.example.com/api?…`
 *
 * @public
 */
export function urlWithoutSecrets(url: string): string {
  return url
    .replace(
      USER_INFO,
      (_all, scheme = '', before: string, after: string) =>
        `${scheme}***@${/[?#;]/.test(before) ? '…' : after}`,
    )
    .replace(PARAMETERS, '$1…');
}
