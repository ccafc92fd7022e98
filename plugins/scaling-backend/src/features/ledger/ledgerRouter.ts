import { LoggerService } from '@backstage/backend-plugin-api';
import { parseInput, sendCsv } from '@headroom/node';
import { ActingEngine } from '@headroom/plugin-controllers-node';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { filterQuery, filterShape } from '../../core/report/paging';
import { Requests } from '../../core/Requests';
import { ledgerCsv } from './ledgerCsv';

const { cursor, limit, ...shape } = filterShape;

/** Which lines a file has. */
export const ledgerCsvQuery = z.strictObject(shape);

/** @internal */
export interface LedgerRouterOptions {
  engine: ActingEngine;
  logger: LoggerService;
  requests: Requests;
}

/** What was done; lines are added and never changed. */
export function createLedgerRouter({
  engine,
  logger,
  requests,
}: LedgerRouterOptions): express.Router {
  const router = Router();

  router.get('/v1/ledger', async (req, res) => {
    const caller = await requests.reader(req);
    const query = parseInput(filterQuery, req.query);
    const scope = caller.read.where;
    res.json(await engine.ledger.list({ ...query, ...(scope && { scope }) }));
  });

  router.get('/v1/ledger.csv', async (req, res) => {
    const caller = await requests.reader(req);
    const query = parseInput(ledgerCsvQuery, req.query);
    const scope = caller.read.where;
    await sendCsv(res, {
      name: 'ledger',
      pieces: ledgerCsv(
        engine.ledger.since({ ...query, ...(scope && { scope }) }),
      ),
      logger,
    });
  });

  return router;
}
