import { createServer, get, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { sendCsv } from './sendCsv';

const logger = mockServices.logger.mock();
let server: Server;

afterEach(async () => {
  await new Promise(resolve => server.close(resolve));
});

/** A server whose every download is of these pieces. */
async function serve(
  pieces: (n: number) => AsyncGenerator<string>,
): Promise<number> {
  let downloads = 0;
  const app = express();
  app.get('/csv', async (_req, res) => {
    downloads += 1;
    await sendCsv(res, { name: 'all', pieces: pieces(downloads), logger });
  });
  server = createServer(app);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const download = (port: number) =>
  new Promise<string>((resolve, reject) => {
    get({ port, path: '/csv', agent: false }, async (res: IncomingMessage) => {
      let text = '';
      try {
        for await (const chunk of res) {
          text += chunk;
        }
        resolve(text);
      } catch (error) {
        reject(error);
      }
    }).on('error', reject);
  });

describe('downloads', () => {
  it('are made two pieces at a time, however many there are', async () => {
    let making = 0;
    let most = 0;
    const port = await serve(async function* pieces(n) {
      for (let i = 0; i < 4; i += 1) {
        making += 1;
        most = Math.max(most, making);
        await new Promise(resolve => setTimeout(resolve, 2));
        making -= 1;
        yield `${n}:${i}\n`;
      }
    });
    const texts = await Promise.all(
      Array.from({ length: 20 }, () => download(port)),
    );
    expect(most).toBe(2);
    expect(texts.map(text => text.split('\n').length)).toEqual(
      Array(20).fill(5),
    );
  });

  it('that fail, or never go on, hold up no others', async () => {
    const port = await serve(async function* pieces(n) {
      yield 'a\n';
      if (n <= 3) {
        throw new Error('no more');
      }
      yield 'b\n';
    });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, () => download(port)),
    );
    const whole = outcomes.filter(
      each => each.status === 'fulfilled' && each.value === 'a\nb\n',
    );
    expect(whole).toHaveLength(3);
    expect(await download(port)).toBe('a\nb\n');
  });
});
