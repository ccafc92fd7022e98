import { useUrlParam } from '@headroom/react';
import { FigureName } from '../Headline';

const FIGURES: readonly FigureName[] = [
  'spend',
  'monthToDate',
  'projection',
  'efficiency',
  'unused',
  'idle',
  'unallocated',
  'gpu',
  'units',
];

/** The figure whose origin is open. In the URL, so that it can be pointed at. */
export function useOrigin(): {
  figure: FigureName | undefined;
  open: (figure: FigureName) => void;
  close: () => void;
} {
  const [value, setValue] = useUrlParam('origin');
  return {
    figure: FIGURES.find(figure => figure === value),
    open: setValue,
    close: () => setValue(undefined),
  };
}
