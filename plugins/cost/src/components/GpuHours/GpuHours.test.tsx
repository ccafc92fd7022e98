import { screen } from '@testing-library/react';
import { mockCostApi, renderCost, component } from '../../__testUtils__/render';
import { serviceReport } from '../../__testUtils__/reports';
import { EntityCost } from '../EntityCost';

async function show(knownHours: number | undefined) {
  const report = serviceReport();
  const gpu = { ...report.gpu!, paidHours: 48, knownHours, busyHours: 12 };
  const api = mockCostApi();
  api.getServiceReport.mockResolvedValue({ ...report, gpu });
  renderCost(<EntityCost />, { api, entity: component });
  await screen.findByRole('heading', { name: 'GPU hours' });
}

describe('GpuHours', () => {
  it('says of how many hours the use is known, and takes the share of those', async () => {
    await show(24);
    expect(
      screen.getByText(
        /48 device-hours cost .*; 12 of them were busy \(50 %\)/,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/How busy they were is known for 24 of 48 device-hours/),
    ).toBeInTheDocument();
  });

  it.each([[48], [undefined]])(
    'says nothing when all is known',
    async known => {
      await show(known);
      expect(
        screen.getByText(/12 of them were busy \(25 %\)/),
      ).toBeInTheDocument();
      expect(screen.queryByText(/How busy they were/)).not.toBeInTheDocument();
    },
  );
});
