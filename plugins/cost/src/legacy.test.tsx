import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { createApiFactory } from '@backstage/core-plugin-api';
import {
  CatalogEntityPage,
  CatalogIndexPage,
  EntityLayout,
} from '@backstage/plugin-catalog';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route } from 'react-router-dom';
import { component, group, mockCostApi } from './__testUtils__/render';
import {
  costApiRef,
  CostPage,
  EntityCostCard,
  EntityCostContent,
  EntityTeamCostContent,
  HomePageBudgets,
  isCostAvailable,
} from './legacy';

/** A portal on the legacy frontend system, as its owner would write it. */
function renderLegacyPortal(url: string) {
  window.history.pushState({}, '', url);
  const app = createApp({
    configLoader: async () => [
      {
        context: 'test',
        data: {
          app: { baseUrl: 'http://localhost' },
          backend: { baseUrl: 'http://localhost:7007' },
        },
      },
    ],
    apis: [
      createApiFactory(costApiRef, mockCostApi()),
      createApiFactory(
        catalogApiRef,
        catalogApiMock({ entities: [component, group] }),
      ),
    ],
  });
  const entityPage = (
    <EntityLayout>
      <EntityLayout.Route path="/" title="Overview">
        <EntityCostCard />
      </EntityLayout.Route>
      <EntityLayout.Route
        path="/cost"
        title="Cost"
        if={entity => isCostAvailable(entity) && entity.kind === 'Component'}
      >
        <EntityCostContent />
      </EntityLayout.Route>
      <EntityLayout.Route
        path="/cost"
        title="Cost"
        if={entity => isCostAvailable(entity) && entity.kind === 'Group'}
      >
        <EntityTeamCostContent />
      </EntityLayout.Route>
    </EntityLayout>
  );
  const routes = (
    <FlatRoutes>
      <Route path="/catalog" element={<CatalogIndexPage />} />
      <Route
        path="/catalog/:namespace/:kind/:name"
        element={<CatalogEntityPage />}
      >
        {entityPage}
      </Route>
      <Route path="/cost" element={<CostPage />} />
      <Route path="/home" element={<HomePageBudgets />} />
    </FlatRoutes>
  );
  const Portal = app.createRoot(<AppRouter>{routes}</AppRouter>);
  return render(<Portal />);
}

describe('legacy entry', () => {
  it('shows what everything costs at /cost', async () => {
    renderLegacyPortal('/cost');
    expect(
      await screen.findByRole(
        'table',
        { name: 'Cost by Team' },
        { timeout: 10_000 },
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'ml' })).toHaveAttribute(
      'href',
      '/catalog/default/group/ml/cost',
    );
  }, 30_000);

  it('shows what a service costs on its page', async () => {
    renderLegacyPortal('/catalog/default/component/akidb-rest/cost');
    expect(
      await screen.findByRole(
        'table',
        { name: 'Cost by Workload' },
        { timeout: 10_000 },
      ),
    ).toBeInTheDocument();
  }, 30_000);

  it('shows the GPUs of a service and what to change, at addresses of their own', async () => {
    renderLegacyPortal('/catalog/default/component/akidb-rest/cost/gpu');
    expect(
      await screen.findByRole(
        'table',
        { name: 'GPU devices' },
        { timeout: 10_000 },
      ),
    ).toBeInTheDocument();
    await userEvent.click(
      await screen.findByRole('tab', { name: /^Advice save/ }),
    );
    await userEvent.click(
      await screen.findByRole('link', { name: 'akidb-rest / app' }),
    );
    expect(
      await screen.findByRole('table', { name: 'Back-test' }),
    ).toBeInTheDocument();
    expect(window.location.pathname).toMatch(
      /^\/catalog\/default\/component\/akidb-rest\/cost\/advice\/./,
    );
  }, 60_000);

  it('shows the advice on everything at /cost/advice', async () => {
    renderLegacyPortal('/cost/advice');
    expect(
      await screen.findByRole(
        'table',
        { name: 'Node pools' },
        { timeout: 10_000 },
      ),
    ).toBeInTheDocument();
  }, 60_000);

  it('shows what a team costs on its page', async () => {
    renderLegacyPortal('/catalog/default/group/ml/cost');
    expect(
      await screen.findByRole(
        'table',
        { name: 'Services' },
        { timeout: 10_000 },
      ),
    ).toBeInTheDocument();
  }, 30_000);

  it('shows the card on the overview', async () => {
    renderLegacyPortal('/catalog/default/component/akidb-rest');
    expect(
      await screen.findByRole(
        'link',
        { name: /Where it goes/ },
        { timeout: 10_000 },
      ),
    ).toHaveAttribute('href', '/catalog/default/component/akidb-rest/cost');
  }, 30_000);

  it('shows the card of the home page', async () => {
    renderLegacyPortal('/home');
    expect(
      await screen.findByRole(
        'link',
        { name: 'Machine learning' },
        { timeout: 10_000 },
      ),
    ).toHaveAttribute('href', expect.stringMatching(/^\/cost\/budgets\?/));
  }, 30_000);
});

describe('isCostAvailable', () => {
  it.each([
    ['Component', true],
    ['group', true],
    ['Resource', true],
    ['API', false],
  ])('%s: %s', (kind, available) => {
    expect(isCostAvailable({ ...component, kind })).toBe(available);
  });
});
