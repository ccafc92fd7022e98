import { createServer as createHttpServer } from 'node:http';
import { AddressInfo, createServer, Server } from 'node:net';
import { causeOf } from './causeOf';

const SECRET = 'hunter2';
const failed = (cause: object) =>
  Object.assign(new TypeError('fetch failed'), { cause });

async function why(url: string, patience = 5_000): Promise<string> {
  try {
    await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    return 'it was asked';
  } catch (error) {
    return causeOf(error);
  }
}

/** The address of a server while something is done with it. */
async function whileUp<T>(
  server: Server,
  ask: (host: string) => Promise<T>,
): Promise<T> {
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  try {
    return await ask(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
}

describe('causeOf', () => {
  it('says that a connection was refused', async () => {
    const gone = await whileUp(createServer(), async host => host);
    expect(await why(`http://${gone}`)).toBe(
      'the connection was refused (ECONNREFUSED)',
    );
  });

  it('says that a port is never asked', async () => {
    expect(await why('http://127.0.0.1:9')).toBe(
      'its port is one that HTTP clients refuse to ask',
    );
  });

  it('says that a redirect is not followed', async () => {
    const server = createHttpServer((_, response) =>
      response.writeHead(302, { location: '/' }).end(),
    );
    expect(await whileUp(server, host => why(`http://${host}`))).toBe(
      'it answered with a redirect, which is not followed',
    );
  });

  it('says that no TLS is spoken', async () => {
    expect(
      await whileUp(createHttpServer(), host => why(`https://${host}`)),
    ).toMatch(/^the other side does not speak TLS/);
  });

  it('says that a connection was closed', async () => {
    const server = createServer(socket => socket.destroy());
    expect(await whileUp(server, host => why(`http://${host}`))).toMatch(
      /^the connection was closed before an answer came \((UND_ERR_SOCKET|ECONNRESET)\)$/,
    );
  });

  it('says that it took too long', async () => {
    const server = createServer(socket =>
      socket.setTimeout(2_000, () => socket.destroy()),
    );
    expect(await whileUp(server, host => why(`http://${host}`, 100))).toBe(
      'no answer came in time',
    );
  });

  it.each([
    ['ENOTFOUND', /^the name of the host was not found \(ENOTFOUND\)$/],
    ['UND_ERR_CONNECT_TIMEOUT', /^no answer came in time/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /^the certificate .* is not trusted/],
    ['CERT_HAS_EXPIRED', /^the certificate .* has expired/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /^the certificate .* another name/],
    ['EWHATEVER', /^the connection failed \(EWHATEVER\)$/],
  ])('says of %s what it means, and nothing that was sent', (code, words) => {
    const said = causeOf(failed({ code, message: SECRET }));
    expect(said).toMatch(words);
    expect(said).not.toContain(SECRET);
  });

  it('tells no message that it does not know', () => {
    expect(causeOf(failed({ message: SECRET }))).toBe(
      'the connection failed (TypeError)',
    );
  });
});
