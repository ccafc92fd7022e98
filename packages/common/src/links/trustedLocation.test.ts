import fc from 'fast-check';
import { createLocationMatcher } from './trustedLocation';

const ACME = 'url:https://github.com/acme/*';
const trusts = (pattern: string, location: string | undefined) =>
  createLocationMatcher(pattern)(location);

describe('a trusted location', () => {
  it.each([
    [ACME, 'url:https://github.com/acme/web/blob/main/catalog-info.yaml'],
    [ACME, 'url:https://GitHub.com:443/acme/web/tree/main/catalog-info.yaml'],
    [ACME, 'url:HTTPS://github.com/%61cme/a%20b/blob/main/c%C3%B6.yaml'],
    [ACME, 'url:https://github.com/acme/web/blob/v1..2/.hidden/...yaml'],
    ['url:https://GITHUB.com/acme/*', 'url:https://github.com/acme/x'],
    ['url:https://*.acme.dev/*', 'url:https://git.eu.acme.dev/shop/web.yaml'],
    [
      'url:https://github.com/acme/*/blob/main/*',
      'url:https://github.com/acme/web/blob/main/deep/catalog-info.yaml',
    ],
    [
      'url:https://dev.azure.com/acme/*?*',
      'url:https://dev.azure.com/acme/shop/_git/web?path=%2Fcatalog-info.yaml',
    ],
    [
      'url:https://dev.azure.com/acme/shop/_git/web?path=/a.yaml',
      'url:https://dev.azure.com/acme/shop/_git/web?path=/a.yaml',
    ],
    ['file:/srv/catalog/*', 'file:/srv/catalog/shop/all.yaml'],
    ['file:/srv/catalog/*', 'file:///srv/catalog/all.yaml'],
    ['github-org:acme', 'github-org:acme'],
  ])('%s is %s, too', (pattern, location) => {
    expect(trusts(pattern, location)).toBe(true);
  });

  it.each([
    'acme/../strangers/x',
    'acme/./x',
    'acme/%2e%2E/strangers/x',
    'acme/.%2e/strangers/x',
    'acme/..%2fstrangers/x',
    'acme/..%2Fstrangers%2Fx',
    'acme/%252e%252e/strangers/x',
    'acme/%25252e%25252e/strangers/x',
    'acme/..%252fstrangers/x',
    'acme/..;/strangers/x',
    'acme/..;a=b/strangers/x',
    'acme/%2e%2e%3b/strangers/x',
    'acme/..%5cstrangers/x',
    'acme/..\\strangers/x',
    'acme\\..\\strangers/x',
    'acme/..%20/strangers/x',
    'acme/..%00/strangers/x',
    'acme/.%E2%80%8B./strangers/x',
    'acme/%EF%BC%8E%EF%BC%8E/strangers/x',
    'acme/..%EF%BC%8Fstrangers/x',
    'acme/\u2025/strangers/x',
    'acme//strangers/x',
    '/acme/x',
    'acme/%c0%ae%c0%ae/strangers/x',
    'acme/%zz/x',
    'acme/x#/../../strangers',
    // Readers of Git hosts decode a path and put it before their own parameters.
    'acme/web/blob/main/catalog-info.yaml%3Fref=evil',
    'acme/web/blob/main/catalog-info.yaml%23',
    'acme/x y',
    'acme/\t../x',
    'acme/',
    'acme',
    'acme-impostor/x',
    'ACME/x',
    'strangers/acme/x',
  ])('of one organisation is not https://github.com/%s', rest => {
    expect(trusts(ACME, `url:https://github.com/${rest}`)).toBe(false);
  });

  it.each([
    'url:https://github.com@evil.example/acme/x',
    'url:https://github.com:x@evil.example/acme/x',
    'url:https://evil.example@github.com/acme/x',
    'url:https://@github.com/acme/x',
    'url:https://github.com%2f@evil.example/acme/x',
    'url:https://github.com.evil.example/acme/x',
    'url:https://github.com./acme/x',
    'url:https://github.com:8443/acme/x',
    'url:http://github.com/acme/x',
    'url:https:/github.com/acme/x',
    'url:https:github.com/acme/x',
    'url:https:///github.com/acme/x',
    'url:https:\\\\github.com/acme/x',
    'url://github.com/acme/x',
    'url: https://github.com/acme/x',
    'url:url:https://github.com/acme/x',
    'URL:https://github.com/acme/x',
    'file:https://github.com/acme/x',
    'https://github.com/acme/x',
    '',
    undefined,
  ])('of one host is not %s', location => {
    expect(trusts(ACME, location)).toBe(false);
  });

  it.each([
    // A star within a path ends at the slash, one at the end does not.
    [
      'url:https://github.com/acme/*/blob/main/*',
      'url:https://github.com/acme/web/blob/0123abc/blob/main/x',
    ],
    [
      'url:https://git.example.com/*/platform/*',
      'url:https://git.example.com/strangers/web/platform/x',
    ],
    ['url:https://*.acme.dev/*', 'url:https://acme.dev/x'],
    ['url:https://*.acme.dev/*', 'url:https://evil.example/.acme.dev/x'],
    ['url:https://*.acme.dev/*', 'url:https://evil-acme.dev/x'],
    [
      'url:https://dev.azure.com/acme/shop/_git/web?path=/a.yaml',
      'url:https://dev.azure.com/acme/shop/_git/web?path=/a.yaml&path=/b.yaml',
    ],
    [
      'url:https://git.example.com/projects/ACME/repos/*',
      'url:https://git.example.com/projects/ACME/repos/x/browse/c.yaml?at=evil',
    ],
    [
      'url:https://github.com/acme/web/blob/main/x.yaml',
      'url:https://github.com/acme/web/blob/main/x.yaml?ref=evil',
    ],
    ['file:/srv/catalog/*', 'file:/srv/catalog/../evil.yaml'],
    ['file:/srv/catalog/*', 'file:srv/catalog/evil.yaml'],
    ['github-org:acme', 'github-org:acme/x'],
  ])('%s is not %s', (pattern, location) => {
    expect(trusts(pattern, location)).toBe(false);
  });

  it.each([
    '*',
    'url:*',
    'url:https://*',
    'url:https://*/acme/*',
    'url:https://github.com*',
    'url:https://github.*/acme/*',
    'url:https://github.com',
    'url:https://github.com/acme/../*',
    'url:https://github.com/acme%2f*',
    'url:https://user@github.com/acme/*',
    'url:https://dev.azure.com/acme/web?path=*',
    'url:https://*/acme/*?*',
    'https://github.com/acme/*',
    'github.com/acme/*',
  ])('%s is refused, and it is said what would be right', pattern => {
    expect(() => createLocationMatcher(pattern)).toThrow(
      `is '${pattern}'; it must be a whole location such as url:https://github.com/acme/*`,
    );
  });

  it('is one that a URL parser finds below the prefix, also when parts are decoded again', () => {
    const piece = fc.constantFrom(
      ...['acme', 'x', '..', '.', '/', '//', '\\', '%2e', '%2f', '%5c', '%25'],
      ...['%252f', '%252e', ';', '?', '#', '@', '%61', '%09', ' ', ':', '2e'],
    );
    const matches = createLocationMatcher(ACME);
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 10 }).map(pieces => pieces.join('')),
        rest => {
          const target = `https://github.com/acme/${rest}`;
          if (!matches(`url:${target}`)) {
            return;
          }
          const { origin, pathname } = new URL(target);
          let path = pathname;
          for (let round = 0; round < 4; round += 1) {
            const seen = new URL(path.replaceAll(/;[^/]*/g, ''), origin);
            expect(seen.href).toMatch(/^https:\/\/github\.com\/acme\//);
            path = decodeURIComponent(path);
          }
        },
      ),
      { numRuns: 5000 },
    );
  });
});
