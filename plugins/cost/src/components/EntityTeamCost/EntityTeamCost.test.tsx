import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import { catchDownloads } from '../../__testUtils__/catchDownloads';
import { group, mockCostApi, renderCost } from '../../__testUtils__/render';
import { teamReport } from '../../__testUtils__/reports';
import { EntityTeamCost } from './EntityTeamCost';

describe('EntityTeamCost', () => {
  it('shows the services of the team and the groups they come through', async () => {
    const api = mockCostApi();
    renderCost(<EntityTeamCost />, { api, entity: group });
    const table = await screen.findByRole('table', { name: 'Services' });
    expect(
      within(table).getByRole('link', { name: 'akidb-rest' }),
    ).toHaveAttribute('href', '/catalog/default/component/akidb-rest/cost');
    expect(await screen.findByText('ml-serving')).toBeInTheDocument();
    expect(api.getTeamReport).toHaveBeenCalledWith(
      'group:default/ml',
      { window: '30d', idle: 'separate' },
      expect.anything(),
    );
  });

  it('names what nothing is allocated to instead of saying that it cost nothing', async () => {
    const notAllocated = Array.from({ length: 22 }, (_, index) => ({
      entityRef: `resource:default/r${index}`,
      ...(index === 0 && { title: 'Ingress' }),
    }));
    const api = mockCostApi({
      getTeamReport: async () => teamReport({ notAllocated }),
    });
    renderCost(<EntityTeamCost />, { api, entity: group });
    expect(
      await screen.findByText(/^22 more belong to this team/),
    ).toHaveTextContent(/Ingress, r1, .*, r19, and 2 more$/);
    expect(screen.getByRole('link', { name: 'Ingress' })).toHaveAttribute(
      'href',
      '/catalog/default/resource/r0/cost',
    );
    expect(
      within(screen.getByRole('table', { name: 'Services' })).queryByText(
        'Ingress',
      ),
    ).not.toBeInTheDocument();
  });

  it('explains a figure and says where to look further', async () => {
    renderCost(<EntityTeamCost />, { entity: group });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Where does this come from? Unused',
      }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Paid for CPU, memory and GPU$43.00');
    expect(dialog).toHaveTextContent('used ÷ paid = $18.488 ÷ $43.00 = 43 %');
    expect(dialog).toHaveTextContent('Open a service for its sources');
  });

  it('offers the charges of the team', async () => {
    const api = mockCostApi();
    const downloads = catchDownloads();
    renderCost(<EntityTeamCost />, { api, entity: group });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Charges (FOCUS)' }),
    );
    await waitFor(async () =>
      expect(await downloads()).toEqual([
        { fileName: 'cost-ml-focus.csv', text: 'ChargeCategory\r\n' },
      ]),
    );
    expect(api.getCharges).toHaveBeenCalledWith(
      { window: '30d', idle: 'separate' },
      'group:default/ml',
    );
  });

  it('says when the team owns nothing', async () => {
    const api = mockCostApi({
      getTeamReport: async () => teamReport({ status: 'no-services' }),
    });
    renderCost(<EntityTeamCost />, { api, entity: group });
    expect(
      await screen.findByRole('heading', { name: 'This team owns no service' }),
    ).toBeInTheDocument();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderCost(<EntityTeamCost />, { entity: group });
    await screen.findByRole('table', { name: 'Services' });
    expect(await axeFindings(container)).toEqual([]);
  });
});
