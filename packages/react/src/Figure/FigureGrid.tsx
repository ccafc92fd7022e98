import { ReactNode } from 'react';
import { useFigureGrid } from '../layout/layout';

/** Headline figures side by side; at most five. @public */
export function FigureGrid(props: { children: ReactNode }) {
  return <div className={useFigureGrid().root}>{props.children}</div>;
}
