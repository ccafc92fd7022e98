import { inEnglish } from '../__testUtils__/inEnglish';
import { networkCodeOf, networkFailureOf } from './networkFailures';

const failed = (code: string) =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('connect to 10.0.0.1:9090'), { code }),
  });

describe('networkFailureOf', () => {
  it.each([
    ['ENOTFOUND', /not known to the DNS/],
    ['ECONNREFUSED', /nothing listens at its host and port/],
    ['UND_ERR_CONNECT_TIMEOUT', /firewall or a NetworkPolicy/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /needs http:\/\/ in the URL/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /another host name/],
    ['CERT_HAS_EXPIRED', /expired/],
    ['HPE_INVALID_CONSTANT', /does not speak HTTP/],
    ['ERR_INVALID_CHAR', /a character that no header may have|line break/],
    ['E_SOMETHING_ELSE', /failed \(E_SOMETHING_ELSE\)/],
  ])('%s is a sentence', (code, sentence) => {
    const { reason } = networkFailureOf(failed(code));
    expect(reason.message).toMatch(sentence);
    expect(inEnglish(reason.wording)).toBe(reason.message);
    expect(reason.message).not.toContain('10.0.0.1');
  });

  it('tells when the other side is not trusted', () => {
    expect(networkFailureOf(failed('SELF_SIGNED_CERT_IN_CHAIN'))).toMatchObject(
      {
        untrusted: true,
      },
    );
    expect(networkFailureOf(failed('ECONNREFUSED')).untrusted).toBeUndefined();
  });

  it.each([25, 6000, 6667])('says that nobody may ask port %i', async port => {
    const error = await fetch(`http://127.0.0.1:${port}`).catch(each => each);
    expect(networkFailureOf(error).reason.message).toMatch(
      /HTTP clients refuse.*another port/,
    );
  });

  it('knows nothing of other errors, nor of causes that go round', () => {
    const round = new Error('secret');
    round.cause = round;
    expect(networkCodeOf(round)).toBeUndefined();
    expect(networkCodeOf(failed('connect to secret'))).toBeUndefined();
    expect(networkFailureOf(round).reason.message).toMatch(
      /nothing says why.*curl/,
    );
  });
});
