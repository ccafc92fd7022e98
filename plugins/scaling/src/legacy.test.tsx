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
import { component, mockScalingApi } from './__testUtils__/render';
import {
  EntityScalingContent,
  isScalingAvailable,
  scalingApiRef,
  ScalingPage,
} from './legacy';

jest.setTimeout(120_000);

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
      createApiFactory(scalingApiRef, mockScalingApi()),
      createApiFactory(
        catalogApiRef,
        catalogApiMock({ entities: [component] }),
      ),
    ],
  });
  const routes = (
    <FlatRoutes>
      <Route path="/catalog" element={<CatalogIndexPage />} />
      <Route
        path="/catalog/:namespace/:kind/:name"
        element={<CatalogEntityPage />}
      >
        <EntityLayout>
          <EntityLayout.Route path="/" title="Overview">
            <p>overview</p>
          </EntityLayout.Route>
          <EntityLayout.Route
            path="/scaling"
            title="Scaling"
            if={isScalingAvailable}
          >
            <EntityScalingContent />
          </EntityLayout.Route>
        </EntityLayout>
      </Route>
      <Route path="/scaling" element={<ScalingPage />} />
    </FlatRoutes>
  );
  const Portal = app.createRoot(<AppRouter>{routes}</AppRouter>);
  return render(<Portal />);
}

describe('legacy entry', () => {
  it('shows what is in force at /scaling, and policies at addresses of their own', async () => {
    renderLegacyPortal('/scaling');
    expect(
      await screen.findByRole('table', { name: 'In force' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Policies' }));
    await userEvent.click(
      await screen.findByRole('link', { name: 'Shop sleeps at night' }),
    );
    expect(
      await screen.findByText(/guest made it on the page/),
    ).toBeInTheDocument();
    expect(window.location.pathname).toBe('/scaling/policies/shop-nights');
  });

  it('shows what is in force on a service on its page', async () => {
    renderLegacyPortal('/catalog/default/component/web-frontend/scaling');
    expect(
      await screen.findByRole('table', { name: 'In force' }),
    ).toBeInTheDocument();
  });
});

describe('isScalingAvailable', () => {
  it.each([
    ['Component', true],
    ['component', true],
    ['Group', false],
  ])('%s: %s', (kind, available) => {
    expect(isScalingAvailable({ ...component, kind })).toBe(available);
  });
});
