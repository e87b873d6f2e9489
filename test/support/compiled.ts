// The environment of a process that a test starts, so that it finds the program compiled by those before it: nothing
// else of the tests' own environment is given on.
const { NODE_COMPILE_CACHE } = process.env

export const COMPILED: Readonly<Record<string, string>> =
  NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }
