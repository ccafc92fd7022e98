import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { EndpointConfig } from '../clusters';
import { createEndpointClient } from './createEndpointClient';
import { inEnglish } from '../__testUtils__/inEnglish';
import { EndpointError } from './errors';

type Handler = (
  request: IncomingMessage & { body: string },
  response: ServerResponse,
) => void;

let server: Server;
let handler: Handler;
let endpoint: EndpointConfig;

beforeEach(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += chunk));
    request.on('end', () =>
      handler(Object.assign(request, { body }), response),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  endpoint = {
    url: `http://127.0.0.1:${port}/base`,
    auth: { type: 'none' },
    headers: {},
    timeoutMs: 5000,
  };
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

const signal = new AbortController().signal;

async function failureOf(promise: Promise<unknown>): Promise<EndpointError> {
  const error = await promise.then(
    () => undefined,
    reason => reason,
  );
  expect(error).toBeInstanceOf(EndpointError);
  expect(error.name).toBe('ServiceUnavailableError');
  expect(error.cause).toBeUndefined();
  expect(inEnglish(error.wording)).toBe(error.message);
  return error;
}

describe('createEndpointClient', () => {
  it('asks below the base URL with parameters, headers and credentials', async () => {
    handler = ({ url, headers, method }, response) =>
      response.end(
        JSON.stringify({
          url,
          method,
          tenant: headers['x-scope-orgid'],
          authorization: headers.authorization,
        }),
      );
    const client = createEndpointClient({
      ...endpoint,
      headers: { 'X-Scope-OrgID': 'a' },
      auth: { type: 'basic', username: 'u', password: 'ü' },
    });
    const params = { query: 'up{a="b c"}', match: ['a', 'b'] };
    expect(await client.getJson('/api', params, { signal })).toEqual({
      url: '/base/api?query=up%7Ba%3D%22b+c%22%7D&match=a&match=b',
      method: 'GET',
      tenant: 'a',
      authorization: `Basic ${Buffer.from('u:ü').toString('base64')}`,
    });
  });

  it('sends long parameters as a form where the endpoint takes one', async () => {
    const query = 'x'.repeat(5000);
    handler = ({ method, url, body, headers }, response) =>
      response.end(
        JSON.stringify({
          method,
          url,
          type: headers['content-type'],
          query: new URLSearchParams(body).get('query'),
        }),
      );
    const client = createEndpointClient(endpoint);
    const answer = await client.getJson(
      '/api',
      { query },
      { signal, formWhenLong: true },
    );
    expect(answer).toMatchObject({ method: 'POST', url: '/base/api', query });
    expect(answer).toHaveProperty(
      'type',
      expect.stringContaining('application/x-www-form-urlencoded'),
    );
  });

  it.each([
    [401, 'refused'],
    [403, 'refused'],
    [400, 'rejected'],
    [422, 'rejected'],
    [500, 'failed'],
    [302, 'failed'],
  ])(
    'turns HTTP %i into "%s" and passes nothing on',
    async (status, failure) => {
      let requests = 0;
      handler = (_request, response) => {
        requests += 1;
        response.writeHead(status, {
          location: '/elsewhere',
          'x-secret': 's3cret',
        });
        response.end('s3cret');
      };
      const client = createEndpointClient(
        { ...endpoint, auth: { type: 'bearer', token: 's3cret' } },
        { name: 'Prometheus of cluster a' },
      );
      const error = await failureOf(client.getJson('/api', {}, { signal }));
      expect(error.failure).toBe(failure);
      expect(error.message).toContain('Prometheus of cluster a');
      expect(error.message).toContain(String(status));
      expect(JSON.stringify({ ...error, message: error.message })).not.toMatch(
        /s3cret|127\.0\.0\.1/,
      );
      expect(requests).toBe(1);
    },
  );

  it('retries a busy endpoint after what it asks for', async () => {
    const times: number[] = [];
    handler = (_request, response) => {
      times.push(Date.now());
      if (times.length < 3) {
        response.writeHead(times.length === 1 ? 429 : 503, {
          'retry-after': '1',
        });
        response.end();
      } else {
        response.end('{"ok":true}');
      }
    };
    let requests = 0;
    const client = createEndpointClient(endpoint, {
      onRequest: () => (requests += 1),
    });
    expect(await client.getJson('/', {}, { signal })).toEqual({ ok: true });
    expect(requests).toBe(3);
    expect(times[1] - times[0]).toBeGreaterThanOrEqual(990);
    expect(times[2] - times[1]).toBeGreaterThanOrEqual(990);
  });

  it('gives up when it is busy for longer than a request has patience', async () => {
    let requests = 0;
    handler = (_request, response) => {
      requests += 1;
      response.writeHead(503, { 'retry-after': '3600' });
      response.end();
    };
    const client = createEndpointClient(endpoint);
    const error = await failureOf(client.getJson('/', {}, { signal }));
    expect(error.failure).toBe('overloaded');
    expect(requests).toBe(1);
  });

  it('says when it takes too long, body included', async () => {
    handler = (_request, response) => {
      response.writeHead(200);
      response.write('{');
    };
    const client = createEndpointClient({ ...endpoint, timeoutMs: 100 });
    const error = await failureOf(client.getJson('/', {}, { signal }));
    expect(error.failure).toBe('timeout');
    expect(error.message).toContain('0.1 s');
  });

  it('says when nothing listens', async () => {
    const client = createEndpointClient({
      ...endpoint,
      url: 'http://127.0.0.1:1',
    });
    const error = await failureOf(client.getJson('/', {}, { signal }));
    expect(error.failure).toBe('unreachable');
  });

  it('reads as much as a question may be answered with, and no more', async () => {
    let sent = 0;
    handler = (_request, response) => {
      const more = () => {
        sent += 1;
        response.write('x'.repeat(100_000));
        setImmediate(() => response.destroyed || sent > 1000 || more());
      };
      response.on('error', () => {});
      more();
    };
    const client = createEndpointClient(
      { ...endpoint, maxResponseBytes: 2 ** 20 },
      { kind: 'opencost' },
    );
    const byClient = await failureOf(client.getJson('/', {}, { signal }));
    expect(byClient.failure).toBe('too-large');
    expect(byClient.message).toMatch(
      /more than 1 MiB.* raise headroom\.clusters\[\]\.opencost\.maxResponseMebibytes/,
    );
    expect(byClient.line).toBe('maxResponseMebibytes: 2');
    const byQuestion = await failureOf(
      client.getJson('/', {}, { signal, maxBytes: 1000 }),
    );
    expect(byQuestion.message).toContain('more than 1000 bytes');
    expect(sent).toBeLessThan(500);
  });

  it.each([
    ['text', 'x'.repeat(2000)],
    ['JSON that was cut', '{"data":[1,'],
    ['lists in lists', `${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['nothing but lists', `[${'[],'.repeat(500_000)}[]]`],
    ['nothing but objects', `[${'{},'.repeat(500_000)}{}]`],
  ])('takes %s for no answer', async (_what, body) => {
    handler = (_request, response) => response.end(body);
    const error = await failureOf(
      createEndpointClient(endpoint).getJson('/', {}, { signal }),
    );
    expect(error.failure).toBe('unreadable');
    expect(error.message).toContain('no JSON');
  });

  it("says that a header can't be sent without saying it", async () => {
    const client = createEndpointClient({
      ...endpoint,
      auth: { type: 'bearer', token: 'hunter2\u20ac' },
    });
    const error = await failureOf(client.getJson('/', {}, { signal }));
    expect(error.message).toContain('a character that no header may have');
    expect(error.message).not.toContain('hunter2');
  });

  it.each(['while it waits for an answer', 'while it waits to retry'])(
    'stops %s when the signal aborts',
    async moment => {
      const controller = new AbortController();
      handler = (_request, response) => {
        if (moment.endsWith('retry')) {
          response.writeHead(503, { 'retry-after': '5' });
          response.end();
        }
        setTimeout(() => controller.abort(new Error('time is up')), 50);
      };
      const started = Date.now();
      await expect(
        createEndpointClient(endpoint).getJson(
          '/',
          {},
          { signal: controller.signal },
        ),
      ).rejects.toThrow('time is up');
      expect(Date.now() - started).toBeLessThan(4500);
    },
  );
});

describe('what is logged of an endpoint that echoes what it was sent', () => {
  const token = `a"b\\c/d+e%f&${'0123456789'.repeat(70)}`;
  const password = 'p"w\\d ä?';
  const tenant = 'tenant"of\\mine';
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const secrets = [token, password, tenant];
  const forms = secrets.flatMap(secret => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams({ a: secret }).toString().slice(2),
    base64(secret),
    base64(`user:${secret}`),
    base64(secret).replace(/=+$/, '').replace(/\+/g, '-').replace(/\//g, '_'),
    Buffer.from(secret).toString('hex'),
    [...secret].reverse().join(''),
    secret.replace(/"/g, '&quot;').replace(/&/g, '&amp;'),
  ]);

  /** No piece of twelve characters of any form is in the text. */
  function expectNoSecret(text: string) {
    for (const form of forms) {
      for (let at = 0; at + 12 <= form.length; at += 7) {
        expect(text).not.toContain(form.slice(at, at + 12));
      }
    }
  }

  const echoes: Array<[string, string]> = [
    ['as it is', forms.join('\n')],
    ['in JSON', JSON.stringify({ headers: secrets, message: forms })],
    ['in HTML', `<html><title>Log in</title>${forms.join('<p>')}</html>`],
    [
      'as a Prometheus error',
      JSON.stringify({
        status: 'error',
        errorType: forms[0],
        error: forms.join(),
      }),
    ],
    ['after what is cut', `${'x'.repeat(400)}${forms.join()}`],
  ];

  it.each(
    [200, 302, 400, 401, 403, 404, 422, 500, 502].flatMap(status =>
      echoes.map(([how, body]) => [status, how, body] as const),
    ),
  )('HTTP %i, %s: status, type and length', async (status, how, body) => {
    handler = (_request, response) => {
      response.writeHead(status, {
        'content-type': encodeURIComponent(forms[0]).slice(0, 200),
        location: `/${encodeURIComponent(forms[0])}`,
        'www-authenticate': base64(forms[0]),
      });
      response.end(body);
    };
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const logger = { ...console, warn: log, error: log, info: log, debug: log };
    for (const auth of [
      {
        type: 'bearer',
        token: Buffer.from(token, 'latin1').toString('latin1'),
      },
      { type: 'basic', username: 'user', password },
      { type: 'none' },
    ] as const) {
      const client = createEndpointClient(
        { ...endpoint, auth, headers: { 'X-Scope-OrgID': tenant } },
        {
          name: 'Prometheus of cluster a',
          kind: 'prometheus',
          logger: { ...logger, child: () => logger as never },
        },
      );
      const outcome = await client
        .getJson('/api/v1/query', {}, { signal })
        .then(
          () => 'an answer',
          error => `${error.message} ${error.line ?? ''}`,
        );
      expectNoSecret(outcome);
      expect(outcome).not.toContain('127.0.0.1');
    }
    expectNoSecret(lines.join('\n'));
    const isAnswer = status === 200 && /JSON|Prometheus/.test(how);
    const logged = new RegExp(`HTTP ${status}, .* \\d+ bytes`);
    expect(isAnswer || logged.test(lines.join())).toBe(true);
  });
});
