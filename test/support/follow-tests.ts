// Given to every process of tests with --import: see test-domain.ts.
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'async-hook-domain'
      ? { url: new URL('./test-domain.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
})
