import { HttpAuthService, LoggerService } from '@backstage/backend-plugin-api';
import { entityRefOf, parseInput, sendCsv } from '@headroom/node';
import express from 'express';
import Router from 'express-promise-router';
import { BillExport, billExportQuery } from './BillExport';
import { billPayersQuery, billQuery } from './billRequest';
import { Bills } from './Bills';
import { EntityBills, entityBillQuery } from './EntityBills';

/** What providers bill, behind `cost.read` for everything; of one entity, behind `cost.read` for it. */
export function createBillRouter(options: {
  httpAuth: HttpAuthService;
  bills: Bills;
  entityBills: EntityBills;
  billExport: BillExport;
  logger: LoggerService;
}): express.Router {
  const { httpAuth, bills, entityBills, billExport, logger } = options;
  const router = Router();

  const credentialsOf = (req: express.Request) =>
    httpAuth.credentials(req, { allow: ['user', 'service'] });

  router.get('/v1/bill', async (req, res) => {
    const credentials = await credentialsOf(req);
    const query = parseInput(billQuery, req.query);
    res.json(await bills.report(query, credentials));
  });

  router.get('/v1/bill/payers', async (req, res) => {
    const credentials = await credentialsOf(req);
    const query = parseInput(billPayersQuery, req.query);
    res.json(await bills.payers(query, credentials));
  });

  router.get('/v1/services/:kind/:namespace/:name/bill', async (req, res) => {
    const credentials = await credentialsOf(req);
    const query = parseInput(entityBillQuery, req.query);
    res.json(
      await entityBills.report(entityRefOf(req.params), query, credentials),
    );
  });

  router.get('/v1/bill/charges.csv', async (req, res) => {
    const credentials = await credentialsOf(req);
    const query = parseInput(billExportQuery, req.query);
    const gone = new AbortController();
    res.once('close', () => gone.abort());
    await sendCsv(res, {
      name: `bill-${query.month}-by-${query.split}`,
      pieces: billExport.csv(query, credentials, gone.signal),
      logger,
    });
  });

  return router;
}
