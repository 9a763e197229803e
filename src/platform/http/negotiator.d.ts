/** The parts of `negotiator` 1.1 that are used here; the package has no types of its own. */
declare module 'negotiator' {
  export default class Negotiator {
    constructor(request: { headers: Readonly<Record<string, string | undefined>> })
    /** What the client accepts, most wanted first; of `available`, where given. */
    languages(available?: readonly string[]): string[]
    encoding<Encoding extends string>(
      available: readonly Encoding[],
      options?: { preferred?: readonly Encoding[] },
    ): Encoding | undefined
  }
}
