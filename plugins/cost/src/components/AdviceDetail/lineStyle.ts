import { Theme } from '@material-ui/core/styles';
import { ChartLine } from './chartLines';

/** How a line is drawn: now is grey, proposed coloured; a request solid, a limit dashed. */
export function lineStyle(
  id: ChartLine['id'],
  theme: Theme,
): { stroke: string; strokeDasharray?: string; strokeWidth: number } {
  const dark = theme.palette.type === 'dark';
  const now = id === 'request' || id === 'limit';
  const accent = dark ? '#FF9E9E' : '#B3261E';
  const isLimit = /limit/i.test(id);
  return {
    stroke: now ? theme.palette.text.primary : accent,
    strokeWidth: now ? 1.5 : 2.5,
    ...(isLimit ? { strokeDasharray: '6 4' } : {}),
  };
}
