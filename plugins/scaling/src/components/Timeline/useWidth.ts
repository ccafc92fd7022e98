import { RefObject, useEffect, useRef, useState } from 'react';

/** A width to begin with, before anything is measured. */
const FIRST_WIDTH = 800;

/** How wide an element is, in pixels, as it changes. */
export function useWidth(): {
  ref: RefObject<HTMLDivElement>;
  width: number;
} {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(FIRST_WIDTH);
  useEffect(() => {
    const observer = new ResizeObserver(([{ contentRect }]) =>
      setWidth(contentRect.width),
    );
    if (ref.current) {
      observer.observe(ref.current);
    }
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
