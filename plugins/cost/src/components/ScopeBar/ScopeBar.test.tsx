import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderCost } from '../../__testUtils__/render';
import { useCostScope } from '../../scope';
import { todayIn } from '@headroom/react';
import { ScopeBar } from './ScopeBar';

function Bar() {
  const [scope, setScope] = useCostScope();
  return (
    <ScopeBar
      scope={scope}
      onChange={setScope}
      window={{ start: '2026-10-01', end: '2026-10-06' }}
    />
  );
}

describe('ScopeBar', () => {
  it('leaves the focus on the window chosen by keyboard', async () => {
    renderCost(<Bar />);
    const button = await screen.findByRole('button', { name: '7 days' });
    act(() => button.focus());
    await userEvent.keyboard('{Enter}');
    await waitFor(() =>
      expect(screen.getByRole('button', { name: '7 days' })).toHaveAttribute(
        'aria-pressed',
        'true',
      ),
    );
    expect(screen.getByRole('button', { name: '7 days' })).toHaveFocus();
  });

  it('starts dates of one’s own from the days shown, last one inclusive', async () => {
    renderCost(<Bar />);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Custom' }),
    );
    expect(screen.getByLabelText('First day')).toHaveValue('2026-10-01');
    const last = screen.getByLabelText('Last day');
    expect(last).toHaveValue('2026-10-05');
    await waitFor(() =>
      expect(last).toHaveAttribute('max', todayIn('Europe/Berlin')),
    );
    expect(
      screen.getByText('The window includes this day'),
    ).toBeInTheDocument();

    fireEvent.change(last, { target: { value: '2999-01-01' } });
    expect(
      screen.getByText('The last day is still to come'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Show' })).toBeDisabled();
  });

  it('leaves the focus on “Show” when the dates are picked', async () => {
    renderCost(<Bar />);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Custom' }),
    );
    fireEvent.change(screen.getByLabelText('Last day'), {
      target: { value: '2026-10-04' },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(screen.getByRole('button', { name: 'Show' })).toHaveFocus();
    expect(screen.getByLabelText('Last day')).toHaveValue('2026-10-04');
  });

  it('ends the picking when another window is chosen', async () => {
    renderCost(<Bar />, {
      url: '/?window=custom&from=2026-10-02&to=2026-10-03',
    });
    expect(await screen.findByLabelText('First day')).toHaveValue('2026-10-02');
    await userEvent.click(screen.getByRole('button', { name: '90 days' }));
    await waitFor(() =>
      expect(screen.queryByLabelText('First day')).not.toBeInTheDocument(),
    );
  });
});
