import { HttpAuthService } from '@backstage/backend-plugin-api';
import { parseInput, readJsonBody, refuseParameters } from '@headroom/node';
import express from 'express';
import Router from 'express-promise-router';
import { noParameters } from '../../core/noParameters';
import { BudgetCall, BudgetChanges } from './BudgetChanges';
import { budgetBody, budgetRemoval, parseBudgetQuery } from './BudgetRequest';
import { BudgetPages } from './BudgetPages';
import { Budgets } from './Budgets';
import { BudgetDriverReports } from './BudgetDriverReports';

const BODY = {
  kilobytes: 16,
  example:
    '{"budget": {"scope": {"type": "group", "entityRef": "group:default/shop"}, "period": {"type": "month"}, "amount": "2500", "currency": "USD"}}',
};

/**
 * Budgets over HTTP. Reading is behind `cost.read` for all of what a budget is for,
 * writing behind `cost.budget.write` on it, and for users only.
 */
export function createBudgetsRouter(options: {
  httpAuth: HttpAuthService;
  pages: BudgetPages;
  budgets: Budgets;
  drivers: BudgetDriverReports;
  changes: BudgetChanges;
}): express.Router {
  const { httpAuth, pages, budgets, drivers, changes } = options;
  const router = Router();
  const readerOf = (req: express.Request) =>
    httpAuth.credentials(req, { allow: ['user', 'service'] });
  const callOf = async (req: express.Request): Promise<BudgetCall> => ({
    request: req,
    credentials: await httpAuth.credentials(req, { allow: ['user'] }),
    id: req.params.id,
  });

  router.get('/v1/budgets', async (req, res) => {
    const credentials = await readerOf(req);
    const { mine, entityRef, ...page } = parseBudgetQuery(req.query);
    const owner = mine
      ? { mine: await httpAuth.credentials(req, { allow: ['user'] }) }
      : entityRef !== undefined && { entityRef };
    res.json(await pages.list(owner || undefined, page, credentials));
  });

  router.get('/v1/budgets/:id', async (req, res) => {
    const credentials = await readerOf(req);
    refuseParameters(req.query);
    res.json(await budgets.report(req.params.id, credentials));
  });

  router.get('/v1/budgets/:id/drivers', async (req, res) => {
    const credentials = await readerOf(req);
    refuseParameters(req.query);
    res.json(await drivers.of(req.params.id, credentials));
  });

  router.put(
    '/v1/budgets/:id',
    noParameters,
    readJsonBody(BODY),
    async (req, res) => {
      const call = await callOf(req);
      const { id, version, budget } = await changes.put(call, () =>
        parseInput(budgetBody, req.body),
      );
      res.json({ id, version, budget });
    },
  );

  router.delete('/v1/budgets/:id', async (req, res) => {
    const call = await callOf(req);
    await changes.remove(call, () =>
      Number(parseInput(budgetRemoval, req.query).version),
    );
    res.status(204).end();
  });

  return router;
}
