// How many cases a property is held against: in the suite as many as stand there, in `npm run drill -- properties` a
// multiple.
const TIMES = Number(process.env.OPENRAS_DRAWS ?? 1)

export function draws(inSuite: number): number {
  return inSuite * TIMES
}
