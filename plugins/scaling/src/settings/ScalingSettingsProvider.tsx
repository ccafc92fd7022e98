import { useApi } from '@backstage/core-plugin-api';
import {
  ScalingAbilities,
  ScalingSettings,
} from '@headroom/plugin-scaling-common';
import {
  createContext,
  ReactNode,
  useCallback,
  useContext,
  useMemo,
} from 'react';
import { scalingApiRef } from '../api';
import { useLiveReport } from '../live';

const NOTHING: ScalingAbilities = {
  writePolicies: false,
  approve: false,
  override: false,
  kill: false,
};

/** What every page knows beside its own report. */
interface KnownSettings {
  /** Undefined while they are on their way, and where they could not be had. */
  settings?: ScalingSettings;
  /** Zone in which pages show instants. */
  timezone: string;
  /** None while they aren't known: a button that may not work isn't shown. */
  abilities: ScalingAbilities;
  /** Something was changed that settings tell of. */
  refresh: () => void;
}

const Context = createContext<KnownSettings>({
  timezone: 'UTC',
  abilities: NOTHING,
  refresh: () => {},
});

/** Loads the settings once for everything below it. */
export function ScalingSettingsProvider(props: { children: ReactNode }) {
  const api = useApi(scalingApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getSettings({ signal }),
    [api],
  );
  const { state, refresh } = useLiveReport(load);
  const settings = state.status === 'ok' ? state.value : undefined;
  const known = useMemo(
    () => ({
      settings,
      timezone: settings?.timezone ?? 'UTC',
      abilities: settings?.abilities ?? NOTHING,
      refresh,
    }),
    [settings, refresh],
  );
  return <Context.Provider value={known}>{props.children}</Context.Provider>;
}

/** What every page knows beside its own report. */
export function useScalingSettings(): KnownSettings {
  return useContext(Context);
}
