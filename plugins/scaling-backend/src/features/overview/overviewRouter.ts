import { AuditorService } from '@backstage/backend-plugin-api';
import {
  entityRefOf,
  parseInput,
  refuseParameters,
  textOf,
} from '@headroom/node';
import { ActingEngine } from '@headroom/plugin-controllers-node';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { audited } from '../../core/audited';
import { filterQuery } from '../../core/report/paging';
import { Requests } from '../../core/Requests';
import { Caller } from '../../core/ScalingScopes';
import { Overviews } from './Overviews';

/** The switch that stops everything. */
export const killSwitchBody = z.strictObject({
  on: z.boolean({ error: 'must be true or false' }),
  reason: textOf(500, 'it must say why, in 1 to 500 characters'),
});

/** @internal */
export interface OverviewRouterOptions {
  auditor: AuditorService;
  engine: ActingEngine;
  overviews: Overviews;
  requests: Requests;
  /** Something was changed. */
  onChanged: () => void;
}

/** What is in force, and the switch that stops everything. */
export function createOverviewRouter({
  auditor,
  engine,
  overviews,
  requests,
  onChanged,
}: OverviewRouterOptions): express.Router {
  const router = Router();

  router.get('/v1/settings', async (req, res) => {
    const caller = await requests.reader(req);
    refuseParameters(req.query);
    res.json(await overviews.settings(caller));
  });

  router.get('/v1/overview', async (req, res) => {
    const caller = await requests.reader(req);
    refuseParameters(req.query);
    res.json(await overviews.overview(caller));
  });

  router.get('/v1/workloads', async (req, res) => {
    const caller = await requests.reader(req);
    const filter = parseInput(filterQuery, req.query);
    res.json(await overviews.inForce(caller, filter));
  });

  router.get('/v1/entities/:kind/:namespace/:name', async (req, res) => {
    const caller = await requests.reader(req);
    refuseParameters(req.query);
    const entityRef = entityRefOf(req.params).toLocaleLowerCase('en-US');
    res.json(await overviews.entity(caller, entityRef));
  });

  router.put('/v1/kill-switch', async (req, res) => {
    const { caller, userRef } = await requests.person(req);
    const state = await audited(
      auditor,
      {
        eventId: 'kill-switch',
        request: req,
        severityLevel: 'high',
        meta: {},
      },
      async () => {
        refuseParameters(req.query);
        const { on, reason } = parseInput(killSwitchBody, req.body);
        const before = await overviews.killSwitch(caller);
        await turn(caller, { on, reason, by: userRef });
        onChanged();
        return {
          result: await overviews.killSwitch(caller),
          meta: { by: userRef, before: before.on, after: on, reason },
        };
      },
    );
    res.json(state);
  });

  /**
   * The one for everything, or one for each service of who may stop some only, whether
   * anything of it is known to run or not. Who lets everything go on lets those go on, too.
   */
  async function turn(
    caller: Caller,
    change: { on: boolean; reason: string; by: string },
  ): Promise<void> {
    const { killSwitches } = engine;
    const kill = caller.sight('kill');
    if (kill.isNothing) {
      caller.requireEverywhere('kill', 'stop what Headroom does');
    }
    if (kill.isEverything) {
      await killSwitches.set(change);
    }
    if (!change.on) {
      const stopped = await killSwitches.list();
      await killSwitches.setAll(
        stopped.flatMap(({ on, entityRef }) =>
          on && entityRef !== undefined && kill.sees(entityRef)
            ? [entityRef]
            : [],
        ),
        change,
      );
    } else if (kill.refs) {
      await killSwitches.setAll(
        [...kill.refs].filter(ref => !ref.startsWith('group:')),
        change,
      );
    }
  }

  return router;
}
