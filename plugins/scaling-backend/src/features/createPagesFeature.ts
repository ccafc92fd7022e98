import { Feature } from '../core/Feature';
import Router from 'express-promise-router';
import { PolicyViews } from '../core/report/PolicyViews';
import { Requests } from '../core/Requests';
import { SavingsSource } from '../core/SavingsSource';
import { ScalingCore } from '../core/ScalingCore';
import { createContestsRouter } from './contests/contestsRouter';
import { createLedgerRouter } from './ledger/ledgerRouter';
import { createOverridesRouter } from './overrides/overridesRouter';
import { Overviews } from './overview/Overviews';
import { createOverviewRouter } from './overview/overviewRouter';
import { createPlansRouter } from './plans/plansRouter';
import { PolicyDesk } from './policies/PolicyDesk';
import { createPoliciesRouter } from './policies/policiesRouter';

/** What pages read and change: what is in force, policies, plans, overrides and the ledger. */
export function createPagesFeature(
  core: ScalingCore,
  {
    savings,
    onChanged,
  }: {
    savings: SavingsSource;
    /** Pages are told, and the controller does at once what follows. */
    onChanged: () => void;
  },
): Feature {
  const requests = Requests.create(core);
  const views = PolicyViews.create({ calendars: core.config.calendars });
  const options = { ...core, requests, onChanged };
  const routes = Router();
  routes.use(
    createOverviewRouter({
      ...options,
      overviews: Overviews.create({ core, policyViews: views, savings }),
    }),
  );
  routes.use(
    createPoliciesRouter({
      ...options,
      desk: PolicyDesk.create({ core, views }),
    }),
  );
  routes.use(createPlansRouter(options));
  routes.use(createContestsRouter(options));
  routes.use(
    createOverridesRouter({
      ...options,
      calendars: core.config.calendars,
      overrides: core.stores.overrides,
    }),
  );
  routes.use(createLedgerRouter(options));
  return { routes };
}
