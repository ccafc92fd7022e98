import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import { tabTo } from '../../__testUtils__/tabTo';
import {
  mockScalingApi,
  overview,
  renderScaling,
} from '../../__testUtils__/render';
import { ScalingSettingsProvider } from '../../settings';
import { NextPage } from './NextPage';

jest.setTimeout(60_000);

const page = (
  <ScalingSettingsProvider>
    <NextPage />
  </ScalingSettingsProvider>
);

const WEB = 'storefront/web-frontend (us-west)';

describe('NextPage', () => {
  it('draws what holds now, the change and its lead, each with its sentence', async () => {
    renderScaling(page);
    const row = await screen.findByRole('group', { name: WEB });
    const names = within(row)
      .getAllByRole('button')
      .map(button => button.getAttribute('aria-label'));
    expect(names).toHaveLength(3);
    expect(names[0]).toMatch(/Mon 30 Nov, 14:00 – 19:00 .*: 2 to 10\. Mon-Fri/);
    expect(names[1]).toMatch(/: none\. No window holds then\.$/);
    expect(names[2]).toMatch(
      /Tue 1 Dec, 06:50 – 07:00 .*: started early, so that it is up in time: 2 to 10/,
    );
  });

  it('is one stop of the Tab key; arrows lead from stretch to stretch and say why', async () => {
    renderScaling(page);
    const row = await screen.findByRole('group', { name: WEB });
    const other = screen.getByRole('group', {
      name: 'payments/redis-feature-store (eu-central)',
    });
    const [first, second] = within(row).getAllByRole('button');
    expect(
      [
        ...within(row).getAllByRole('button'),
        ...within(other).getAllByRole('button'),
      ].filter(button => button.tabIndex === 0),
    ).toEqual([first]);
    await tabTo(first);
    await userEvent.keyboard('{ArrowRight}');
    expect(second).toHaveFocus();
    expect(second).toHaveAttribute('aria-pressed', 'true');
    expect(second).toHaveAttribute('tabindex', '0');
    expect(screen.getByText(/none\. No window holds then/)).toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
    expect(other).toContainElement(document.activeElement as HTMLElement);
    await userEvent.keyboard('{ArrowUp}{Home}');
    expect(first).toHaveFocus();
    await userEvent.keyboard('{End}');
    expect(within(row).getAllByRole('button')[2]).toHaveFocus();
  });

  it('can be read as a table', async () => {
    renderScaling(page);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show as table' }),
    );
    const table = await screen.findByRole('table', { name: 'What comes next' });
    expect(
      within(table).getByRole('row', { name: /2 to 10 \(started early\)/ }),
    ).toHaveTextContent('10 min');
  });

  it('says when nothing changes', async () => {
    const api = mockScalingApi({
      getOverview: async () => overview({ next: [] }),
    });
    renderScaling(page, { api });
    expect(
      await screen.findByText('Nothing changes in this time.'),
    ).toBeVisible();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderScaling(page);
    await screen.findByRole('group', { name: WEB });
    expect(await axeFindings(container)).toEqual([]);
  });
});
