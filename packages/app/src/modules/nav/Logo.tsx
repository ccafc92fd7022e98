/** Three bars under a line: what is used, and the room above it. */
export const Logo = () => (
  <svg width={28} height={28} viewBox="0 0 28 28" aria-hidden="true">
    <rect x={2} y={3} width={24} height={3} rx={1.5} fill="#ffb454" />
    <rect x={3} y={17} width={6} height={8} rx={1.5} fill="#5fd3bc" />
    <rect x={11} y={12} width={6} height={13} rx={1.5} fill="#5fd3bc" />
    <rect x={19} y={15} width={6} height={10} rx={1.5} fill="#5fd3bc" />
  </svg>
);
