import { DAY_MS } from '@headroom/common';
import { AuditorService } from '@backstage/backend-plugin-api';
import { isSaid, parseInput, refuseParameters } from '@headroom/node';
import { Policy } from '@headroom/plugin-scaling-common';
import { JsonObject } from '@backstage/types';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { audited } from '../../core/audited';
import { filterQuery } from '../../core/report/paging';
import { Requests } from '../../core/Requests';
import { PolicyDesk } from './PolicyDesk';

const MOST_PAUSE_DAYS = 366;

/** Until when a policy does nothing. */
export const pauseBody = z.strictObject({
  until: z
    .union([z.iso.datetime({ offset: true }), z.null()], {
      error: ({ input }) =>
        `${isSaid(
          input,
        )}; it must be an instant such as 2026-02-01T00:00:00Z, or null to let the policy go on`,
    })
    .transform(value =>
      value === null ? null : new Date(value).toISOString(),
    ),
});

/** @internal */
export interface PoliciesRouterOptions {
  auditor: AuditorService;
  desk: PolicyDesk;
  requests: Requests;
  onChanged: () => void;
  now: () => Date;
}

/** Policies: seen by who sees what they are for, written by who may. */
export function createPoliciesRouter({
  auditor,
  desk,
  requests,
  onChanged,
  now,
}: PoliciesRouterOptions): express.Router {
  const router = Router();

  router.get('/v1/policies', async (req, res) => {
    const caller = await requests.reader(req);
    res.json(await desk.list(caller, parseInput(filterQuery, req.query)));
  });

  router.post('/v1/policies/preview', async (req, res) => {
    const person = await requests.person(req);
    refuseParameters(req.query);
    res.json(await desk.preview(person, req.body));
  });

  router.post('/v1/policies', async (req, res) => {
    const person = await requests.person(req);
    const view = await audited(
      auditor,
      { eventId: 'policy-write', request: req, meta: { actionType: 'create' } },
      async () => {
        refuseParameters(req.query);
        const result = await desk.create(person, req.body);
        return {
          result,
          meta: { by: person.userRef, after: plain(result.policy) },
        };
      },
    );
    onChanged();
    res.status(201).json(view);
  });

  router.put('/v1/policies/:id', async (req, res) => {
    const person = await requests.person(req);
    const view = await audited(
      auditor,
      {
        eventId: 'policy-write',
        request: req,
        meta: { actionType: 'update', policyId: req.params.id },
      },
      async () => {
        refuseParameters(req.query);
        const { before, after } = await desk.update(
          person,
          req.params.id,
          req.body,
        );
        return {
          result: after,
          meta: {
            by: person.userRef,
            before: plain(before),
            after: plain(after.policy),
          },
        };
      },
    );
    onChanged();
    res.json(view);
  });

  router.delete('/v1/policies/:id', async (req, res) => {
    const person = await requests.person(req);
    await audited(
      auditor,
      {
        eventId: 'policy-write',
        request: req,
        meta: { actionType: 'delete', policyId: req.params.id },
      },
      async () => {
        refuseParameters(req.query);
        const before = await desk.delete(person, req.params.id);
        return {
          result: undefined,
          meta: { by: person.userRef, before: plain(before) },
        };
      },
    );
    onChanged();
    res.status(204).end();
  });

  router.put('/v1/policies/:id/pause', async (req, res) => {
    const person = await requests.person(req);
    const view = await audited(
      auditor,
      {
        eventId: 'policy-write',
        request: req,
        meta: { actionType: 'pause', policyId: req.params.id },
      },
      async () => {
        refuseParameters(req.query);
        const { until } = parsePause(req.body, now());
        const { before, after } = await desk.pause(
          person,
          req.params.id,
          until,
        );
        return {
          result: after,
          meta: { by: person.userRef, before: before ?? null, after: until },
        };
      },
    );
    onChanged();
    res.json(view);
  });

  return router;
}

function parsePause(body: unknown, now: Date): { until: string | null } {
  const latest = now.getTime() + MOST_PAUSE_DAYS * DAY_MS;
  return parseInput(
    pauseBody.refine(
      ({ until }) =>
        until === null ||
        (Date.parse(until) > now.getTime() && Date.parse(until) <= latest),
      {
        path: ['until'],
        error: `must lie in the future, at most ${MOST_PAUSE_DAYS} days from now`,
      },
    ),
    body,
  );
}

function plain(policy: Policy): JsonObject {
  return JSON.parse(JSON.stringify(policy));
}
