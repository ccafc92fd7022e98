import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { component, mockScalingApi } from './__testUtils__/render';
import { scalingApiRef } from './api';
import scalingPlugin from './index';

jest.setTimeout(120_000);

function renderPortal(url: string, entity?: typeof component) {
  return renderTestApp({
    features: [scalingPlugin],
    extensions: entity ? [createTestEntityPage({ entity })] : [],
    initialRouteEntries: [url],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [scalingApiRef, mockScalingApi()],
      [catalogApiRef, catalogApiMock({ entities: [component] })],
    ],
  });
}

describe('scalingPlugin', () => {
  it('has a page with tabs, what is in force first, and plans at addresses of their own', async () => {
    renderPortal('/scaling');
    expect(
      await screen.findByRole('table', { name: 'In force' }),
    ).toBeInTheDocument();
    await waitFor(() => expect(document.title).toMatch(/Now \| Scaling/));
    await userEvent.click(screen.getByRole('tab', { name: 'Plans' }));
    await userEvent.click(
      (
        await screen.findAllByRole('link', { name: 'Shop sleeps at night' })
      )[0],
    );
    expect(
      await screen.findByRole('button', { name: 'Approve' }),
    ).toBeInTheDocument();
  });

  it('has a form of a new policy at an address that other pages can fill in', async () => {
    renderPortal('/scaling/policies/new?title=Nights&entity=component:a/b');
    expect(await screen.findByRole('textbox', { name: /^Title/ })).toHaveValue(
      'Nights',
    );
  });

  it('adds a tab to Components', async () => {
    renderPortal('/', component);
    expect(
      await screen.findByRole('table', { name: 'In force' }),
    ).toBeInTheDocument();
  });
});
