/** Colours of a heat map: from nearly the surface to a colour that stands out of it. */
const SCALES = {
  light: { from: [230, 245, 240], to: [0, 92, 72] },
  dark: { from: [24, 52, 45], to: [110, 236, 203] },
} as const;

type Rgb = readonly number[];

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map(part => {
    const value = part / 255;
    return value <= 0.04045
      ? value / 12.92
      : Math.pow((value + 0.055) / 1.055, 2.4);
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2 contrast of two colours, 1 to 21. */
function contrast(one: Rgb, other: Rgb): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const BLACK = [0, 0, 0] as const;
const WHITE = [255, 255, 255] as const;

/** Ground and text of a cell; the text is whichever of black and white reads better, so at least 4.5:1. */
export function heatColors(
  share: number,
  scheme: 'light' | 'dark',
): { ground: string; text: string; contrast: number } {
  const { from, to } = SCALES[scheme];
  const part = Math.min(1, Math.max(0, share));
  const ground = from.map((start, index) =>
    Math.round(start + (to[index] - start) * part),
  );
  const onBlack = contrast(ground, BLACK);
  const onWhite = contrast(ground, WHITE);
  return {
    ground: `rgb(${ground.join(', ')})`,
    text: onBlack > onWhite ? '#000' : '#fff',
    contrast: Math.max(onBlack, onWhite),
  };
}
