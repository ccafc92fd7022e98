import { COST_PARTS, NOBODY_COLORS, PART_COLORS } from './colors';

/** Surfaces of Backstage's light and dark themes. */
const SURFACES = { light: '#ffffff', dark: '#424242' };

type Rgb = [number, number, number];

function linear(hex: string): Rgb {
  return [1, 3, 5].map(at => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045
      ? channel / 12.92
      : ((channel + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
}

function luminance(hex: string): number {
  const [r, g, b] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

// Machado, Oliveira, Fernandes 2009, severity 1, in linear RGB.
const VISION: Record<string, number[][]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function seen(hex: string, vision: string): Rgb {
  const rgb = linear(hex);
  return lab(
    VISION[vision].map(row =>
      Math.min(
        1,
        Math.max(
          0,
          row.reduce((sum, weight, at) => sum + weight * rgb[at], 0),
        ),
      ),
    ) as Rgb,
  );
}

describe.each(['light', 'dark'] as const)('colours on %s', scheme => {
  it.each(COST_PARTS)('%s stands out from the surface', part => {
    expect(
      contrast(PART_COLORS[scheme][part], SURFACES[scheme]),
    ).toBeGreaterThanOrEqual(3);
  });

  it('Idle and Unallocated stand out from the surface', () => {
    expect(
      contrast(NOBODY_COLORS[scheme], SURFACES[scheme]),
    ).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.keys(VISION))('are told apart with %s', vision => {
    const colors = COST_PARTS.map(part =>
      seen(PART_COLORS[scheme][part], vision),
    );
    const distances = colors.flatMap((a, i) =>
      colors.slice(0, i).map(b => Math.hypot(...a.map((v, k) => v - b[k]))),
    );
    // CIE76; 2.3 is just noticeable.
    expect(Math.min(...distances)).toBeGreaterThan(10);
  });
});
