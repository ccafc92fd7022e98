import { createGlob } from '../glob/glob';

/** A location in parts that can be compared. */
interface LocationParts {
  /** `url`, `file` or what a provider calls itself. */
  type: string;
  /** Of URLs scheme, host and port in lower case, else empty. */
  origin: string;
  /** Percent-decoded, without `.` and `..`. */
  path: string[];
  /** Of URLs, with its question mark. */
  query: string;
}

const RIGHT =
  'it must be a whole location such as url:https://github.com/acme/*, without ".", "..", "//", user names, fragments or encoded separators';

/**
 * Reads a pattern of `trustedLocations`: a location in which `*` stands for any
 * text but a slash, at the end of the path for any text at all, and `*.` in front
 * of a host for its subdomains. Parameters are other files, branches or versions
 * on some servers: `?*` at the end allows them.
 *
 * @returns what asks whether a location (`backstage.io/managed-by-location`) is
 * meant. One that leads somewhere else than it looks, or could in some server's
 * eyes, never is.
 * @throws RangeError with a sentence on what would be right.
 * @public
 */
export function createLocationMatcher(
  pattern: string,
): (location: string | undefined) => boolean {
  const subdomains = /^url:https?:\/\/\*\./i.test(pattern);
  const wanted = readParts(subdomains ? pattern.replace('*.', '') : pattern);
  const anyQuery = wanted?.query === '?*';
  const fixed = wanted && wanted.origin + (anyQuery ? '' : wanted.query);
  if (!wanted || fixed?.includes('*')) {
    throw new RangeError(`is '${pattern}'; ${RIGHT}`);
  }
  const fitsOrigin = subdomains
    ? createGlob(wanted.origin.replace('//', '//*.'))
    : (origin: string) => origin === wanted.origin;
  const last = wanted.path.length - 1;
  const open = wanted.path[last].endsWith('*');
  const segments = wanted.path.map(createGlob);
  return location => {
    const parts = location === undefined ? undefined : readParts(location);
    return (
      parts !== undefined &&
      parts.type === wanted.type &&
      fitsOrigin(parts.origin) &&
      (anyQuery || parts.query === wanted.query) &&
      (open
        ? parts.path.length > last && parts.path[last] !== ''
        : parts.path.length === wanted.path.length) &&
      segments.every((fits, index) => fits(parts.path[index]))
    );
  };
}

/** Undefined for what servers, proxies and parsers may understand differently. */
function readParts(location: string): LocationParts | undefined {
  const [, type, target] = /^([a-z][a-z0-9-]*):(.+)$/.exec(location) ?? [];
  if (!target || /[\s\\#\p{Cc}\p{Cf}]/u.test(target)) {
    return undefined;
  }
  if (type === 'url') {
    return readUrl(target);
  }
  if (/^https?$/.test(type)) {
    return undefined;
  }
  const path = target.replace(/^\/\/(?=\/)/, '').split('/');
  return path.every(isPlain) && !target.includes('%')
    ? { type, origin: '', path, query: '' }
    : undefined;
}

function readUrl(target: string): LocationParts | undefined {
  const [, authority, rest] = /^https?:\/\/([^/?]+)(\/.*)$/i.exec(target) ?? [];
  if (!authority || /[@%]/.test(authority)) {
    return undefined;
  }
  const at = rest.indexOf('?');
  const query = at === -1 ? '' : rest.slice(at);
  const written = rest.slice(1, at === -1 ? undefined : at).split('/');
  const inner = written.slice(0, -1);
  try {
    const { protocol, host } = new URL(target);
    const path = written.map(decodeURIComponent);
    return path.every(isPlain) && !inner.includes('')
      ? { type: 'url', origin: `${protocol}//${host}`, path, query }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a decoded part of a path is a name and nothing else, also to those who decode or fold it again. */
function isPlain(segment: string): boolean {
  const folded = segment.normalize('NFKC');
  const [name] = folded.split(';');
  return (
    !/[/\\%?#\p{Cc}\p{Cf}]/u.test(folded) && !/^\.{1,2}$/.test(name.trim())
  );
}
