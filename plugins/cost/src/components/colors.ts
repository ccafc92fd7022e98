import { Resource } from '@headroom/plugin-cost-common';
import { Theme } from '@material-ui/core/styles';

/** A part of a cost that is drawn on its own: a resource, or what was shared in. */
export type CostPart = Resource | 'shared';

/** Every part, in the order of stacks, legends and tables. */
export const COST_PARTS: readonly CostPart[] = [
  'cpu',
  'memory',
  'gpu',
  'storage',
  'network',
  'shared',
];

/**
 * Each part has one colour on every page. They are chosen so that each stands
 * out from the surface (3:1 and more) and from the others with any kind of
 * colour blindness; order and label say the same without colour.
 */
export const PART_COLORS: Record<
  'light' | 'dark',
  Readonly<Record<CostPart, string>>
> = {
  light: {
    cpu: '#0A4F96',
    memory: '#C97A00',
    gpu: '#00997A',
    storage: '#C2478F',
    network: '#3D97D3',
    shared: '#595959',
  },
  dark: {
    cpu: '#4A94E8',
    memory: '#F2A93B',
    gpu: '#1FC79A',
    storage: '#F07AB8',
    network: '#A8DBFF',
    shared: '#D0D0D0',
  },
};

/** Colour of cost that belongs to nobody, Idle and Unallocated; always with its pattern. */
export const NOBODY_COLORS = { light: '#6B6B6B', dark: '#BDBDBD' } as const;

function schemeOf(theme: Theme): 'light' | 'dark' {
  return theme.palette.type === 'dark' ? 'dark' : 'light';
}

/** The colour of a part in the current theme. */
export function partColor(part: CostPart, theme: Theme): string {
  return PART_COLORS[schemeOf(theme)][part];
}

/** The colour of Idle and Unallocated in the current theme. */
export function nobodyColor(theme: Theme): string {
  return NOBODY_COLORS[schemeOf(theme)];
}
