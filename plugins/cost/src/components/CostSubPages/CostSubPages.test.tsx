import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { component, renderCost } from '../../__testUtils__/render';
import { CostSubPages } from './CostSubPages';

// Whole pages, and roles looked up in all of their cells.
jest.setTimeout(60_000);

describe('CostSubPages', () => {
  it('leads to GPU and Advice by keyboard, and says what could be saved', async () => {
    renderCost(<CostSubPages />, { entity: component, url: '/?currency=EUR' });
    const advice = await screen.findByRole('tab', {
      name: /Advice save \$48\.20 per month/,
    });
    expect(advice).toHaveAttribute('href', '/advice?currency=EUR');
    screen.getByRole('tab', { name: 'Cost' }).focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(screen.getByRole('tab', { name: 'GPU' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(
      await screen.findByRole('tabpanel', { name: 'GPU' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('table', { name: 'GPU devices' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'GPU' })).toHaveFocus();
  });

  it('has a page for one container', async () => {
    renderCost(<CostSubPages />, { entity: component, url: '/advice/some-id' });
    expect(
      await screen.findByRole('table', { name: 'Back-test' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /All advice/ })).toHaveAttribute(
      'href',
      '/advice',
    );
  });
});
