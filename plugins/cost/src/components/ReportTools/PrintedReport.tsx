import {
  createTheme,
  Theme,
  ThemeProvider,
  useTheme,
} from '@material-ui/core/styles';
import { usePrinting } from '@headroom/react';
import { ReactNode, useMemo } from 'react';
import { usePrintStyles } from './usePrintStyles';

/** The theme with the colours of a light one, for white paper. */
function onPaper(theme: Theme): Theme {
  const { palette } = createTheme();
  return {
    ...theme,
    palette: { ...theme.palette, ...palette },
    // They have the colours of the theme as it was.
    overrides: {},
  };
}

/** A report that is alone on paper, in light colours whatever the portal's are. */
export function PrintedReport(props: {
  className: string;
  children: ReactNode;
}) {
  const { className, children } = props;
  usePrintStyles();
  const isPrinting = usePrinting();
  const theme = useTheme();
  const isDark = theme.palette.type === 'dark';
  const shown = useMemo(
    () => (isPrinting && isDark ? onPaper(theme) : theme),
    [isPrinting, isDark, theme],
  );
  return (
    <ThemeProvider theme={shown}>
      <div data-report="" className={className}>
        {children}
      </div>
    </ThemeProvider>
  );
}
