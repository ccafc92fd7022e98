import express from 'express';
import Router from 'express-promise-router';
import { buildDocument, OpenApiInfo } from './buildDocument';
import { Operation } from './Operation';

/** Where Backstage looks for the document of a plugin. */
const PATH = '/openapi.json';

/**
 * Serves the contract of a plugin at `/openapi.json`, where `getOpenApiSpecRoute` of
 * `@backstage/backend-openapi-utils` says it is.
 *
 * @public
 */
export function createOpenApiRouter(
  info: OpenApiInfo,
  operations: readonly Operation[],
): express.Router {
  const { paths, ...document } = buildDocument(info, operations);
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
