/** What makes a price one of a region and of a time. */
export interface PlacedPrice {
  region?: string;
  validFrom?: string;
  validTo?: string;
}

/** Where and when a price is wanted. */
export interface PricePlace {
  region?: string;
  /** ISO 8601 UTC. */
  hour: string;
}

/** Prices by what they are for. */
export class PriceIndex<T extends PlacedPrice> {
  readonly #entries = new Map<string, T[]>();

  static of<T extends PlacedPrice>(
    entries: readonly T[] = [],
    keyOf: (entry: T) => string,
  ): PriceIndex<T> {
    const index = new PriceIndex<T>();
    for (const entry of entries) {
      const same = index.#entries.get(keyOf(entry));
      if (same) {
        same.push(entry);
      } else {
        index.#entries.set(keyOf(entry), [entry]);
      }
    }
    return index;
  }

  private constructor() {}

  /**
   * The price that is valid in the hour: of those that fit best the one of the
   * region, else one for any region.
   *
   * @param fitOf - how well an entry fits; undefined = not at all
   */
  find(
    key: string,
    place: PricePlace,
    fitOf: (entry: T) => number | undefined = () => 0,
  ): T | undefined {
    const best = bestOf(
      this.#valid(key, place).filter(
        ({ region }) => region === undefined || region === place.region,
      ),
      fitOf,
    );
    const inRegion = best.filter(({ region }) => region !== undefined);
    const anywhere = best.filter(({ region }) => region === undefined);
    return latest(inRegion) ?? latest(anywhere);
  }

  /** The price of the region that is listed first, whichever it is. */
  findElsewhere(key: string, place: PricePlace): T | undefined {
    const valid = this.#valid(key, place);
    return latest(valid.filter(({ region }) => region === valid[0].region));
  }

  #valid(key: string, { hour }: PricePlace): T[] {
    return (this.#entries.get(key) ?? []).filter(
      ({ validFrom = '', validTo }) =>
        // ISO dates compare as text, also with an hour of the same day.
        validFrom <= hour && (validTo === undefined || hour < validTo),
    );
  }
}

function bestOf<T>(entries: T[], fitOf: (entry: T) => number | undefined): T[] {
  const fits = entries.map(entry => fitOf(entry) ?? -1);
  const most = Math.max(0, ...fits);
  return entries.filter((_, index) => fits[index] === most);
}

function latest<T extends PlacedPrice>(entries: T[]): T | undefined {
  return entries.reduce<T | undefined>(
    (best, entry) =>
      best && (best.validFrom ?? '') >= (entry.validFrom ?? '') ? best : entry,
    undefined,
  );
}
