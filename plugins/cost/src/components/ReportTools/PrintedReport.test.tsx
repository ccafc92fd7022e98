import { DataTable } from '@headroom/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import Typography from '@material-ui/core/Typography';
import { createTheme, ThemeProvider } from '@material-ui/core/styles';
import { fireEvent, screen } from '@testing-library/react';
import { PrintedReport } from './PrintedReport';

const ROWS = Array.from({ length: 26 }, (_, i) => `row ${i}`);

/** A report in a portal that is dark. */
function Page() {
  return (
    <ThemeProvider theme={createTheme({ palette: { type: 'dark' } })}>
      <PrintedReport className="">
        <Typography color="textSecondary">words</Typography>
        <DataTable
          id="rows"
          label="Rows"
          columns={[{ id: 'name', title: 'Name', value: (row: string) => row }]}
          rows={ROWS}
          rowKey={row => row}
          initialSorting={{ column: 'name', direction: 'asc' }}
          fileName="rows"
        />
      </PrintedReport>
    </ThemeProvider>
  );
}

describe('PrintedReport', () => {
  const rows = () => screen.getAllByRole('rowheader').length;
  const colour = () => getComputedStyle(screen.getByText('words')).color;

  it('has all rows of its tables on paper, and no controls', async () => {
    await renderInTestApp(<Page />);
    expect(rows()).toBe(10);
    fireEvent(window, new Event('beforeprint'));
    expect(rows()).toBe(26);
    for (const control of [
      screen.getByRole('searchbox'),
      screen.getByRole('button', { name: 'Next page' }),
      screen.getByText('1–10 of 26'),
    ]) {
      expect(control.closest('[data-no-print]')).toBeInTheDocument();
    }
    fireEvent(window, new Event('afterprint'));
    expect(rows()).toBe(10);
  });

  it('is dark on white, and keeps what colours say', async () => {
    await renderInTestApp(<Page />);
    expect(colour()).toBe('rgba(255, 255, 255, 0.7)');
    fireEvent(window, new Event('beforeprint'));
    expect(colour()).toBe('rgba(0, 0, 0, 0.54)');
    fireEvent(window, new Event('afterprint'));
    expect(colour()).toBe('rgba(255, 255, 255, 0.7)');
    const styles = [...document.querySelectorAll('style')]
      .map(({ textContent }) => textContent)
      .join('');
    expect(styles).toContain('print-color-adjust: exact');
  });
});
