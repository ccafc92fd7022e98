import { Request, Response, Router } from 'express';
import { HOUR_MS } from '@headroom/common';
import { billMonths, dayBill } from '../world/bill/monthBill';
import { WorldCluster } from '../world/WorldCluster';
import { BadRequestError, parseBillDay, parseWindow, Window } from './window';

/** Hours of a window that are not over; they are data the world doesn't give yet. */
function openHours({ start, end }: Window, closedUntil: number): string[] {
  const hours: string[] = [];
  const first = Math.max(start.getTime(), closedUntil);
  for (let ms = first; ms < end.getTime(); ms += HOUR_MS) {
    hours.push(new Date(ms).toISOString());
  }
  return hours;
}

/**
 * What a cluster used, what that costs and what its services did, as JSON:
 *
 * - `GET info`: name, region, first hour and the instant up to which hours are closed
 * - `GET usage?start&end`: observations of the closed hours of the window
 * - `GET prices?start&end`: the price book of the window
 * - `GET units?start&end`: requests and tokens of the closed hours of the window
 * - `GET levels?start&end`: requests to services in the closed hours of the window, how long they took and how many failed
 * - `GET bills`: the months that are billed by now, each with its days and a version
 * - `GET bill?day`: what is billed of one of those days, in the columns of FOCUS
 *
 * A bad window is answered with 400 and `{ error }`, a sentence.
 */
export function telemetryRouter(options: {
  cluster: WorldCluster;
  now: () => Date;
  /** When the demo ran for the first time. */
  shownSince: Date;
  /** Does what is due by now. */
  catchUp: () => Promise<void>;
}): Router {
  const { cluster, now, shownSince, catchUp } = options;
  const closedUntil = () => Math.floor(now().getTime() / HOUR_MS) * HOUR_MS;
  const closedPart = ({ start, end }: Window): Window => ({
    start,
    end: new Date(
      Math.max(start.getTime(), Math.min(end.getTime(), closedUntil())),
    ),
  });

  const router = Router();
  router.use((_req, _res, next) => void catchUp().then(() => next(), next));
  router.get('/info', (_req, res) => {
    res.json({
      simulation: true,
      cluster: cluster.name,
      title: cluster.spec.title,
      region: cluster.region,
      firstHour: cluster.start.toISOString(),
      closedUntil: new Date(closedUntil()).toISOString(),
    });
  });
  router.get('/usage', (req, res) => {
    const window = parseWindow(req.query);
    const { start, end } = closedPart(window);
    const observations = cluster.observe(start, end);
    res.json({
      ...observations,
      missingHours: [
        ...observations.missingHours,
        ...openHours(window, closedUntil()),
      ],
    });
  });
  router.get('/prices', (req, res) => {
    const { start, end } = parseWindow(req.query);
    res.json(cluster.prices(start, end));
  });
  router.get('/units', (req, res) => {
    const { start, end } = closedPart(parseWindow(req.query));
    res.json({ units: cluster.units(start, end) });
  });
  router.get('/levels', (req, res) => {
    const { start, end } = closedPart(parseWindow(req.query));
    res.json({ levels: cluster.levels(start, end) });
  });
  router.get('/bills', (_req, res) => {
    res.json({ months: billMonths(cluster, now(), shownSince) });
  });
  router.get('/bill', (req, res) => {
    const { day, restated } = parseBillDay(
      req.query,
      billMonths(cluster, now(), shownSince),
    );
    res.json(dayBill(cluster, day, restated));
  });
  router.use((req, res) => {
    res
      .status(404)
      .json({ error: `There is no ${req.method} ${req.baseUrl}${req.path}.` });
  });
  router.use(
    (
      error: unknown,
      _req: Request,
      res: Response,
      next: (error: unknown) => void,
    ) => {
      if (error instanceof BadRequestError) {
        res.status(400).json({ error: error.message });
      } else {
        next(error);
      }
    },
  );
  return router;
}
