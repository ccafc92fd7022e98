import express from 'express';
import Router from 'express-promise-router';
import { adviceOperations } from './adviceOperations';
import { buildDocument } from './buildDocument';
import { costOperations } from './costOperations';
import { Operation } from './Operation';

/** Where Backstage looks for the document of a plugin. */
const PATH = '/openapi.json';

/** Everything the plugin serves. */
export const operations: Operation[] = [...costOperations, ...adviceOperations];

/**
 * Serves the contract of the plugin at `/openapi.json`, where
 * `getOpenApiSpecRoute` of `@backstage/backend-openapi-utils` says it is.
 */
export function createOpenApiRouter(): express.Router {
  const { paths, ...document } = buildDocument(operations);
  const router = Router();
  router.get(PATH, (req, res) => {
    // As Backstage's own documents: what merges those of plugins needs no servers.
    res.json({
      ...document,
      paths: Object.fromEntries(
        Object.entries(paths).map(([path, item]) => [
          `${req.baseUrl}${path}`,
          item,
        ]),
      ),
    });
  });
  return router;
}
