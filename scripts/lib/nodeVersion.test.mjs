import assert from 'node:assert/strict';
import { it } from 'node:test';
import { canBootstrap, isSupportedNode } from './nodeVersion.mjs';

it('runs on Node 22 and 24 but for the two with broken keep-alive', () => {
  for (const version of ['v22.12.0', 'v22.23.1', 'v24.0.0', 'v24.21.0']) {
    assert.equal(isSupportedNode(version), true, version);
  }
  for (const version of ['v20.20.2', 'v22.23.0', 'v23.1.0', 'v24.17.0']) {
    assert.equal(isSupportedNode(version), false, version);
  }
});

it('installs itself from Node 20 on', () => {
  assert.equal(canBootstrap('v18.20.0'), false);
  assert.equal(canBootstrap('v20.0.0'), true);
  assert.equal(canBootstrap('v26.0.0'), true);
});
