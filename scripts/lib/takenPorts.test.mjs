import assert from 'node:assert/strict';
import net from 'node:net';
import { it } from 'node:test';
import { freePorts } from './ports.mjs';
import { Sentence } from './say.mjs';
import { refuseTakenPorts } from './takenPorts.mjs';

it('a taken port is refused with the line that chooses another one', async () => {
  const [backend, portal] = await freePorts(2);
  await refuseTakenPorts({ backend, portal });
  const server = net.createServer();
  await new Promise(resolve => server.listen(portal, '127.0.0.1', resolve));
  await assert.rejects(refuseTakenPorts({ backend, portal }), error => {
    assert.ok(error instanceof Sentence);
    assert.equal(
      error.message,
      `Port ${portal} is taken by another program. Stop that program, or choose another port: HEADROOM_PORT=${
        portal + 1000
      } npm start`,
    );
    return true;
  });
  await new Promise(resolve => server.close(resolve));
});
