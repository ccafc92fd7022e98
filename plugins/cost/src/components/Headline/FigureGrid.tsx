import { ReactNode } from 'react';
import { useFigureGrid } from '../layout';

/** Headline figures side by side; at most five. */
export function FigureGrid(props: { children: ReactNode }) {
  return <div className={useFigureGrid().root}>{props.children}</div>;
}
