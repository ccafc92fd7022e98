import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { StoredPlan } from '@headroom/common';
import { AdviceApplication, ScalingApi } from '@headroom/plugin-scaling-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { adviceDetail } from '../../__testUtils__/adviceReports';
import { axeFindings } from '../../__testUtils__/axe';
import { mockCostApi, renderCost } from '../../__testUtils__/render';
import { costApiRef } from '../../api';
import { scalingApiRef } from '../../api/scalingApiRef';
import { ApplySection } from './ApplySection';

const BOTH: AdviceApplication = {
  pullRequest: {
    possible: true,
    repository: 'https://forge.example/acme/web',
    path: 'deploy/web.yaml',
    patch: '',
  },
  cluster: {
    possible: true,
    how: 'rollout',
    changes: [
      {
        path: [
          ...['spec', 'template', 'spec', 'containers', '[name=app]'],
          ...['resources', 'requests', 'cpu'],
        ],
        before: '2',
        after: '203m',
      },
    ],
  },
};

function renderApply(scaling: Partial<ScalingApi>, detail = adviceDetail()) {
  return renderInTestApp(<ApplySection detail={detail} />, {
    apis: [
      [costApiRef, mockCostApi()],
      [scalingApiRef, scaling as ScalingApi],
      mockApis.permission(),
    ],
  });
}

const planOf = (state: string) =>
  ({ id: 'p1', actions: [{ state }] } as unknown as StoredPlan);

describe('applying an advice', () => {
  it('says what each way changes, asks why, and says what it came to', async () => {
    const applyAdvice = jest.fn(async () => planOf('waiting'));
    renderApply({ getAdviceApplication: async () => BOTH, applyAdvice });
    expect(
      await screen.findByText(
        'This changes deploy/web.yaml of https://forge.example/acme/web; a person merges it there.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText('[name=app].resources.requests.cpu: 2 → 203m'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('radio', { name: 'As a pull request' }),
    ).toBeChecked();
    await userEvent.click(
      screen.getByRole('radio', { name: 'On the cluster' }),
    );
    const button = screen.getByRole('button', { name: 'Make a plan' });
    expect(button).toBeDisabled();
    await userEvent.type(
      screen.getByRole('textbox', { name: /Reason/ }),
      'It is far too large{Enter}',
    );
    expect(await screen.findByRole('status')).toHaveTextContent(
      'The plan is made and waits for an approval.',
    );
    expect(applyAdvice).toHaveBeenCalledWith({
      adviceId: adviceDetail().row.id,
      how: 'cluster',
      reason: 'It is far too large',
    });
  });

  it('says why a way is none, and offers the other', async () => {
    renderApply({
      getAdviceApplication: async () => ({
        ...BOTH,
        pullRequest: {
          possible: false,
          reason: { message: 'No file declares it.' },
          patch: '',
        },
      }),
    });
    expect(await screen.findByText('No file declares it.')).toBeInTheDocument();
    expect(
      screen.getByRole('radio', { name: 'As a pull request' }),
    ).toBeDisabled();
    expect(screen.getByRole('radio', { name: 'On the cluster' })).toBeChecked();
  });

  it('keeps what was typed when it fails, and says why', async () => {
    renderApply({
      getAdviceApplication: async () => BOTH,
      applyAdvice: async () => Promise.reject(new Error('You may not')),
    });
    const reason = await screen.findByRole('textbox', { name: /Reason/ });
    await userEvent.type(reason, 'Why not{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'This was not done: You may not',
    );
    expect(reason).toHaveValue('Why not');
  });

  it('says that it is not known while its back end is away', async () => {
    renderApply({
      getAdviceApplication: async () => Promise.reject(new Error('down')),
    });
    expect(
      await screen.findByText(/is not known now: the scaling back end/),
    ).toBeInTheDocument();
  });

  it('is absent without the scaling plugin', () => {
    const { container } = renderCost(<ApplySection detail={adviceDetail()} />);
    expect(container.querySelector('form, h2')).toBeNull();
  });

  it('is absent where nothing is proposed', () => {
    const detail = adviceDetail();
    renderApply(
      { getAdviceApplication: async () => BOTH },
      { ...detail, advice: { ...detail.advice, status: 'keep' } },
    );
    expect(screen.queryByText('Have Headroom apply it')).toBeNull();
  });

  it('can be used by everybody', async () => {
    const { container } = renderApply({
      getAdviceApplication: async () => BOTH,
    });
    await screen.findByRole('textbox', { name: /Reason/ });
    expect(await axeFindings(container)).toEqual([]);
  });
});
