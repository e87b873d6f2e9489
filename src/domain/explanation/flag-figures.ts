// What the sentences of a flag may name, read from the flag as it is stored: an earlier one has no figures.
import type { AllocationResult, Flag } from '../../contract/allocation/allocation.ts'
import type { Figure, FlagFigures } from './catalogue/words.ts'
import { stepsOf } from './line.ts'
import { quotedSentence } from './words.ts'

export function flagFigures(
  { reason, figures = {} }: Flag,
  allocation: AllocationResult,
  pounds: (name: string, value: string) => Figure,
): FlagFigures {
  return {
    reason: { quoted: quotedSentence(reason) },
    cap: pounds('cap', stepsOf(allocation, 'cap')[0]?.amountAnnual ?? '0'),
    financialYear: figures.financialYear ?? '',
    ofEach100: pounds('ofEach100', figures.ofEach100 ?? '0'),
    isHigh: figures.side === 'high',
    isListed: figures.listed === 'true',
  }
}
