import { Origin } from '@headroom/plugin-cost-common';
import { screen } from '@testing-library/react';
import { renderCost } from '../../__testUtils__/render';
import { fleetReport } from '../../__testUtils__/reports';
import { PriceTable } from './PriceTable';

const { prices } = fleetReport().origin;

/** Titles and cells of the table's only price. */
async function shown(given: Origin['prices']) {
  renderCost(<PriceTable prices={given} fileName="cost" />);
  await screen.findByRole('table');
  const titles = screen.getAllByRole('columnheader');
  return {
    titles: titles.map(cell => cell.textContent),
    row: screen.getAllByRole('row')[1],
  };
}

describe('PriceTable', () => {
  it('shows pools and node-hours', async () => {
    const { titles, row } = await shown(prices);
    expect(titles).toContain('Node pool');
    expect(titles).toContain('Node-hours');
    expect(row).toHaveTextContent('93');
  });

  it('has no columns for what the caller is not told', async () => {
    const { titles, row } = await shown(
      prices.map(({ nodePool, nodeHours, ...price }) => price),
    );
    expect(titles).not.toContain('Node pool');
    expect(titles).not.toContain('Node-hours');
    expect(row).toHaveTextContent('us-west');
    expect(row).not.toHaveTextContent(/undefined|NaN/);
  });

  it('shows no price where none is known', async () => {
    const [first] = prices;
    const { row } = await shown([
      {
        ...first,
        hourlyPrice: '0',
        origin: {
          kind: 'unpriced',
          description: 'pods of virtual-kubelet: no price is known',
        },
      },
    ]);
    expect(row).toHaveTextContent('\u2013');
    expect(row).toHaveTextContent('no price, pods of virtual-kubelet');
    expect(row).not.toHaveTextContent('$0');
  });
});
