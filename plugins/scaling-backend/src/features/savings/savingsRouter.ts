import { HttpAuthService } from '@backstage/backend-plugin-api';
import { isSaid, once, parseInput } from '@headroom/node';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { ScalingScopes } from '../../core/ScalingScopes';
import { Savings } from './Savings';

const MOST_ROWS = 200;

const whole = (most: number, wanted: string) =>
  once.transform((value, context) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (!(number <= most)) {
      context.addIssue({
        code: 'custom',
        message: `${isSaid(value)}; it must be ${wanted}`,
      });
      return z.NEVER;
    }
    return number;
  });

/** Which savings can be asked for. */
export const savingsQuery = z.strictObject({
  cluster: once.optional(),
  namespace: once.optional(),
  policyId: once.optional(),
  entityRef: once.optional(),
  text: once.optional().describe('Part of a name.'),
  cursor: whole(1e9, 'the cursor of the page before')
    .optional()
    .describe('Of the page before; else the first page.'),
  limit: whole(MOST_ROWS, `a whole number up to ${MOST_ROWS}`)
    .optional()
    .describe(`At most ${MOST_ROWS}; 50 when absent.`),
});

/** @internal */
export interface SavingsRouterOptions {
  httpAuth: HttpAuthService;
  savings: Savings;
  scopes: ScalingScopes;
}

/** What was saved, for who may see how services are scaled. */
export function createSavingsRouter({
  httpAuth,
  savings,
  scopes,
}: SavingsRouterOptions): express.Router {
  const router = Router();
  router.get('/v1/savings', async (req, res) => {
    const {
      cursor = 0,
      limit = 50,
      ...filter
    } = parseInput(savingsQuery, req.query);
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const caller = await scopes.open(credentials);
    res.json(
      await savings.report(caller.read, { ...filter, offset: cursor, limit }),
    );
  });
  return router;
}
