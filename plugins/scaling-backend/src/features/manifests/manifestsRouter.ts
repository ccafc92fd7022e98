import {
  entityRefOf,
  parseInput,
  refuseParameters,
  textOf,
} from '@headroom/node';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { Requests } from '../../core/Requests';
import { ManifestChecks } from './ManifestChecks';

/** As many as a service has; the whole body is bounded, too. */
const MOST_FILES = 200;

/** Manifests to check. */
export const manifestCheckBody = z.strictObject({
  files: z
    .array(
      z.strictObject({
        path: textOf(500),
        text: z.string({ error: 'must be the text of the file' }),
      }),
    )
    .min(1, 'must have at least one file')
    .max(MOST_FILES, `must have at most ${MOST_FILES} files`),
  context: z
    .strictObject({
      kubernetesVersion: textOf(30).optional(),
      kedaVersion: textOf(30).optional(),
      namespace: textOf(63).optional(),
      ruleSelector: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
});

/** @internal */
export interface ManifestsRouterOptions {
  checks: ManifestChecks;
  requests: Requests;
}

/** What is wrong with manifests: of a service, or as they are sent. */
export function createManifestsRouter({
  checks,
  requests,
}: ManifestsRouterOptions): express.Router {
  const router = Router();

  router.get(
    '/v1/entities/:kind/:namespace/:name/manifests',
    async (req, res) => {
      const caller = await requests.reader(req);
      refuseParameters(req.query);
      const entityRef = entityRefOf(req.params).toLocaleLowerCase('en-US');
      // One that was not read yet has manifests that nobody knows of, not none.
      await caller.requireEntity(entityRef);
      const gone = new AbortController();
      res.on('close', () => gone.abort());
      res.json(await checks.ofEntity(caller, entityRef, gone.signal));
    },
  );

  router.post('/v1/manifests/checks', async (req, res) => {
    await requests.reader(req);
    refuseParameters(req.query);
    res.json(await checks.ofFiles(parseInput(manifestCheckBody, req.body)));
  });

  return router;
}
