import assert from 'node:assert/strict';
import net from 'node:net';
import { describe, it } from 'node:test';
import { portalPorts, portsEnv } from './portalPorts.mjs';
import { freePorts, isFree, parsePort } from './ports.mjs';

describe('ports', () => {
  it('knows a taken one from a free one', async () => {
    const [port] = await freePorts(1);
    assert.equal(await isFree(port), true);
    const server = net.createServer();
    await new Promise(resolve => server.listen(port, '127.0.0.1', resolve));
    assert.equal(await isFree(port), false);
    await new Promise(resolve => server.close(resolve));
    assert.equal(await isFree(port), true);
  });

  it('hands out different ones', async () => {
    assert.equal(new Set(await freePorts(5)).size, 5);
  });

  it('reads numbers and nothing else', () => {
    assert.equal(parsePort('3000'), 3000);
    for (const text of ['0', '65536', '-1', '3e3', 'http', '']) {
      assert.equal(parsePort(text), undefined, text);
    }
  });
});

describe('ports of the portal', () => {
  it('are the documented ones by default', () => {
    assert.deepEqual(portalPorts({}, {}), {
      portal: 3000,
      backend: 7007,
      usWest: 7008,
      euCentral: 7009,
      forge: 7011,
      database: 7010,
    });
  });

  it('follow the option before the environment', () => {
    const env = { HEADROOM_PORT: '3100', HEADROOM_BACKEND_PORT: '7107' };
    const ports = portalPorts({ portal: '3200' }, env);
    assert.equal(ports.portal, 3200);
    assert.equal(ports.backend, 7107);
    assert.equal(portsEnv(ports).HEADROOM_PORT, '3200');
  });

  it('are refused with a sentence when they make no sense', () => {
    assert.throws(() => portalPorts({ portal: 'x' }, {}), /"x" is not a port/);
    assert.throws(() => portalPorts({ portal: '7007' }, {}), /asked for twice/);
  });
});
