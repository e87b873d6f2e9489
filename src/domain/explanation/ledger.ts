// The explanation's figures line by line, as tables that can be added up on paper: points question by question, then
// money step by step. Every figure is the stored working's own.
import { decimal, formatMoney } from '../number/decimal.ts'
import { fractionInPercent, inPoints, inPounds, plain } from '../number/in-words.ts'
import { present } from '../present.ts'
import { askedIn, shownChanges } from './changes.ts'
import { type ExplanationInput, keyed, stepOf, stepsOf } from './line.ts'
import { isZero } from './words.ts'

/** `cells` stand under `columns`: the first names the row, and the last ones are figures. */
export type LedgerRow = { readonly cells: readonly string[]; readonly isTotal: boolean }
export type Ledger = {
  readonly caption: string
  readonly columns: readonly string[]
  /** How many of the columns, from the left, are words and not figures. */
  readonly words: number
  readonly rows: readonly LedgerRow[]
}

/** Points question by question; the last column adds up to the total. */
export function pointsLedger({ allocation, questionnaire }: ExplanationInput): Ledger {
  const { unrounded, result } = stepOf(allocation, 'total')
  const rounded = decimal(unrounded).eq(result) ? [] : [row('Rounded once', '', '', '', plain(result))]
  return {
    caption: 'Your points, question by question',
    columns: ['Question', 'Answer', 'Unpaid help', 'Points for it', 'Points that count'],
    words: 3,
    rows: [
      ...stepsOf(allocation, 'domain').map(({ domain, option, points, support, net }) => {
        const { title, options } = keyed(questionnaire.domains, domain)
        const help = support?.counted
          ? keyed(present(questionnaire.carerSupport).options, support.option).label
          : ''
        return row(title, keyed(options, option).label, help, plain(points), plain(net))
      }),
      ...stepsOf(allocation, 'add-on').map(({ addOn, option, points, counted }) => {
        const { question, options } = keyed(questionnaire.addOns, addOn)
        return row(question, keyed(options, option).label, '', plain(points), counted ? plain(points) : '0')
      }),
      total('In all', '', '', '', plain(unrounded)),
      ...rounded,
    ],
  }
}

/** Money step by step, from the points to what can be planned with; where there is no amount there is none. */
export function moneyLedger({ allocation }: ExplanationInput): Ledger | null {
  if (allocation.amountAnnual === null) return null
  const curve = stepOf(allocation, 'curve')
  const rounding = stepOf(allocation, 'rounding')
  const contingency = stepOf(allocation, 'contingency')
  return {
    caption: 'The money, step by step',
    columns: ['Step', 'Change', 'Pounds a year'],
    words: 1,
    rows: [
      row(`By the table, for ${inPoints(curve.points)}`, '', exact(curve.cumulative)),
      ...stepsOf(allocation, 'adjustment').map(({ name, factor, change, cumulative }) =>
        row(`${name}: × ${plain(factor)}`, signed(change), exact(cumulative)),
      ),
      ...(isZero(rounding.change) ? [] : [row('Rounding', signed(rounding.change), exact(rounding.result))]),
      total('Your indicative budget', '', exact(rounding.result)),
      ...(isZero(contingency.result)
        ? []
        : [
            row(
              `Kept ready, not cut: ${fractionInPercent(contingency.fraction)}`,
              signed(formatMoney(decimal(contingency.result).neg())),
              '',
            ),
            total('To plan with now', '', exact(stepOf(allocation, 'available').result)),
          ]),
    ],
  }
}

/** The nearest single changes of an answer; where there is no amount, or nothing would change it, there are none. */
function changesLedger({ allocation, questionnaire, changes }: ExplanationInput): Ledger | null {
  const shown = shownChanges(changes.changes)
  if (allocation.amountAnnual === null || shown.length === 0) return null
  return {
    caption: 'If one answer were different',
    columns: ['Question', 'Answer now', 'Instead', 'Points in all', 'Pounds a year', 'Change'],
    words: 3,
    rows: shown.map((change) => {
      const { question, from, to } = askedIn(change, questionnaire)
      return row(
        question,
        from,
        to,
        plain(change.points),
        exact(change.amountAnnual),
        signed(change.changeAnnual),
      )
    }),
  }
}

/** What anybody checks with: the engine, and the fingerprints of what is published. */
function checkLedger({ allocation: { questionnaire, table, engineVersion } }: ExplanationInput): Ledger {
  const named = (what: string, { key, version, contentHash }: typeof questionnaire) =>
    row(what, `${key}, version ${version}`, contentHash)
  return {
    caption: 'What the sum was made with',
    columns: ['What', 'Name and version', 'Fingerprint'],
    words: 3,
    rows: [
      named('Questions', questionnaire),
      ...(table === null ? [] : [named('Table', table)]),
      row('Rules of the sum', `OpenRAS engine version ${engineVersion}`, ''),
    ],
  }
}

/** The tables of an explanation; null where there is nothing to show. */
export type Ledgers = {
  readonly points: Ledger
  readonly money: Ledger | null
  readonly changes: Ledger | null
  readonly check: Ledger
}

export function ledgersOf(input: ExplanationInput): Ledgers {
  return {
    points: pointsLedger(input),
    money: moneyLedger(input),
    changes: changesLedger(input),
    check: checkLedger(input),
  }
}

function row(...cells: readonly string[]): LedgerRow {
  return { cells, isTotal: false }
}

function total(...cells: readonly string[]): LedgerRow {
  return { cells, isTotal: true }
}

// Pence always, so that a column can be added up.
function exact(amount: string): string {
  return inPounds(amount, 2)
}

function signed(change: string): string {
  return inPounds(change, 2, true)
}
