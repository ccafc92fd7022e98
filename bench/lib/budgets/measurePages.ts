import { openLoop } from '../openLoop';
import { teamRef, TEAMS } from '../seedServices';
import { mustAnswer } from '../serve/load';
import { log } from '../serve/log';
import { request } from '../serve/requests';
import { governPages, MeasuredPage } from './governPages';

/** Who asks, and for how long. */
interface PageLoad {
  /** Of the back end. */
  url: string;
  token: string;
  seconds: number;
}

/** Asks for a page at fixed instants. @returns p95 in ms */
async function measurePage(
  { url, token, seconds }: PageLoad,
  { name, path, rate }: MeasuredPage,
): Promise<number> {
  const send = (length: number) =>
    openLoop({
      arrivalsPerSecond: rate,
      seconds: length,
      request: index => request(`${url}/api/cost/v1/${path(index)}`, token),
    });
  await send(5); // warm code, not answers: nothing is cached
  const { p50Ms, p95Ms } = mustAnswer(await send(seconds));
  log(`${name}: p50 ${p50Ms} ms, p95 ${p95Ms} ms`);
  return p95Ms;
}

/** Asks for the Cost tab and for all pages that govern. @returns p95 in ms, by name of the page */
export async function measurePages(options: {
  load: PageLoad;
  /** The cost plugin's own database. */
  costUrl: string;
  /** References of the teams of whoever asks; absent = of all. */
  teams?: readonly string[];
}): Promise<Record<string, number>> {
  const { load, costUrl } = options;
  const teams =
    options.teams ??
    Array.from({ length: TEAMS }, (_, index) => teamRef(index));
  const p95Ms: Record<string, number> = {};
  const pages = await governPages({ url: costUrl, teams });
  for (const page of pages.filter(
    ({ needsEverything }) => !options.teams || !needsEverything,
  )) {
    p95Ms[page.name] = await measurePage(load, page);
  }
  return p95Ms;
}
