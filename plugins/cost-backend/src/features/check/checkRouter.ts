import { HttpAuthService } from '@backstage/backend-plugin-api';
import { ClusterCheckEvent } from '@headroom/common';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import {
  parseInput,
  refuseMalformedPath,
  refuseParameters,
  textOf,
} from '@headroom/node';
import { ClusterChecks } from './ClusterChecks';

/** @internal */
export interface CheckRouterOptions {
  httpAuth: HttpAuthService;
  checks: ClusterChecks;
}

/** Names as clouds write them are up to some hundred characters. */
const params = z.object({ cluster: textOf(500) });

/**
 * `POST /v1/sources/:cluster/check` checks a cluster and answers, while it goes
 * on, with one JSON event a line. Leaving stops it. Behind
 * `cost.sources.read`.
 */
export function createCheckRouter({
  httpAuth,
  checks,
}: CheckRouterOptions): express.Router {
  const router = Router();
  router.post('/v1/sources/:cluster/check', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const { cluster } = parseInput(params, req.params);
    refuseParameters(req.query);
    const left = new AbortController();
    res.on('close', () => {
      if (!res.writableEnded) {
        left.abort(new Error('Nobody waits any more'));
      }
    });
    await checks.run({ request: req, credentials, cluster }, left.signal, () =>
      begin(res, left.signal),
    );
    res.end();
  });
  router.use(refuseMalformedPath());
  return router;
}

/**
 * Starts the answer and returns what writes an event to it as one line of JSON.
 * Writing never waits until the reader has taken what was written: all events of
 * a check are a few dozen kilobytes, and while a reader paused, nobody else could
 * check the cluster.
 */
function begin(
  res: express.Response,
  signal: AbortSignal,
): (event: ClusterCheckEvent) => void {
  res.status(200);
  res.type('application/x-ndjson; charset=utf-8');
  // Compression and proxies would keep lines until there are many.
  res.set('Cache-Control', 'private, no-store, no-transform');
  res.set('X-Accel-Buffering', 'no');
  res.flushHeaders();
  return event => {
    if (!signal.aborted) {
      res.write(`${JSON.stringify(event)}\n`);
    }
  };
}
