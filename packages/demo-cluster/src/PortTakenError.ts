/** A port that can't be listened on. @public */
export class PortTakenError extends Error {
  constructor(part: string, port: number) {
    super(
      `Port ${port} for the demo ${
        part === 'forge' ? part : `cluster ${part}`
      } is taken: stop what listens there, or choose another with --${part}-port.`,
    );
    this.name = 'PortTakenError';
  }
}
