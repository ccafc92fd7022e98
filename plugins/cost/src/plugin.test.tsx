import {
  createExtensionTester,
  renderInTestApp,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { homePageWidgetDataRef } from '@backstage/plugin-home-react/alpha';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { component, group, mockCostApi } from './__testUtils__/render';
import { costApiRef } from './api';
import costPlugin from './index';
import { rootRouteRef } from './routes';

function renderPortal(url: string, entity?: typeof component) {
  return renderTestApp({
    features: [costPlugin],
    extensions: entity ? [createTestEntityPage({ entity })] : [],
    initialRouteEntries: [url],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [costApiRef, mockCostApi()],
      [catalogApiRef, catalogApiMock({ entities: [component, group] })],
    ],
  });
}

describe('costPlugin', () => {
  it('has a page with tabs, the fleet first', async () => {
    renderPortal('/cost');
    expect(
      await screen.findByRole(
        'table',
        { name: 'Cost by Team' },
        { timeout: 10_000 },
      ),
    ).toBeInTheDocument();
    await waitFor(() => expect(document.title).toMatch(/Overview \| Cost/));
    await userEvent.click(screen.getByRole('tab', { name: 'Sources' }));
    expect(
      await screen.findByRole('table', { name: 'Gaps of us-west' }),
    ).toBeInTheDocument();
  }, 30_000);

  it('shows GPUs, advice and one workload at addresses of their own', async () => {
    renderPortal('/cost/gpu');
    expect(
      await screen.findByRole(
        'table',
        { name: 'GPU devices' },
        { timeout: 10_000 },
      ),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Advice' }));
    await userEvent.click(
      await screen.findByRole('link', { name: 'akidb-rest / app' }),
    );
    expect(
      await screen.findByRole('table', { name: 'Back-test' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('link', { name: /All advice/ }));
    expect(
      await screen.findByRole('table', { name: 'Advice' }),
    ).toBeInTheDocument();
  }, 60_000);

  it('adds a tab and a card to Components', async () => {
    renderPortal('/', component);
    expect(await screen.findByText(/Where it goes/)).toBeInTheDocument();
    expect(
      await screen.findByRole('link', {
        name: 'It could save $48.20 per month',
      }),
    ).toHaveAttribute('href', expect.stringMatching(/\/cost\/advice$/));
  });

  it('adds a tab to Groups', async () => {
    renderPortal('/', group);
    expect(
      await screen.findByRole('table', { name: 'Services' }),
    ).toBeInTheDocument();
  });

  it('brings the home page a widget', async () => {
    const widget = createExtensionTester(
      costPlugin.getExtension('home-page-widget:cost/budgets'),
    ).get(homePageWidgetDataRef);
    expect(widget).toMatchObject({
      name: 'CostBudgets',
      title: 'Budgets of my teams',
    });
    renderInTestApp(widget.component, {
      apis: [[costApiRef, mockCostApi()]],
      mountedRoutes: { '/cost': rootRouteRef },
    });
    expect(
      await screen.findByRole('link', { name: 'Machine learning' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Budgets of my teams')).toBeInTheDocument();
  });
});
