// What all figures of a calibration are made of, and how a part that could not be calculated says so.
import { type Static, type TProperties, Type } from '@sinclair/typebox'
import { type CalibrationFaultCode, FAULTS_BY_SUBJECT } from '../faults.ts'
import { named } from '../primitives.ts'
import { Fault } from '../problem.ts'
import type { RefusalCode } from '../problems.ts'
import { Form, type Frozen } from '../shape.ts'

export const FigureText = Type.String({
  $id: 'Figure',
  pattern: '^-?[0-9]+(\\.[0-9]+)?$',
  description:
    'A decimal string: money in pounds a year, points, people by their weight, or a share. The name says which.',
  examples: ['1885762.00'],
})

export const Figure = named(FigureText)

export const ShareText = Type.Union([Figure, Type.Null()], {
  $id: 'FigureOrNull',
  description: 'A figure; null where there is nothing to divide by.',
})

export const Share = named(ShareText)

export const Whole = Type.Integer({ minimum: 0 })

/** Something a reader must know about a result that is no reason to refuse it. */
export const Warning = Form('CalibrationWarning', { code: Type.String(), detail: Type.String() })
export type Warning = Frozen<Static<typeof Warning>>

export const Count = Form(
  'Count',
  { rows: Whole, people: Figure },
  'Rows of the cohort, and the people they stand for by their weights.',
)
export type Count = Frozen<Static<typeof Count>>

/** Points in hundredths. */
export const Hundredths = Type.Integer({
  minimum: 0,
  description: 'Points in hundredths: 2800 are 28 points.',
})

/** Why a method cannot be fitted to some people. */
export const CalibrationReason = Type.Unsafe<CalibrationFaultCode>({
  type: 'string',
  enum: Object.keys(FAULTS_BY_SUBJECT.Calibration),
})

const refusal = {
  code: Type.Unsafe<RefusalCode>({ type: 'string' }),
  detail: Type.String(),
  errors: Type.Array(named(Fault)),
}

export const RunProblem = Form('CalibrationRunProblem', refusal, 'Why a run failed.')
export type RunProblem = Frozen<Static<typeof RunProblem>>

/** In place of what could not be calculated: why. The rest of the run stands. */
export function refusedForm<const Id extends string, T extends TProperties>($id: Id, beside: T) {
  return Form(
    $id,
    { outcome: Type.Literal('refused'), ...beside, ...refusal },
    'Why this could not be calculated; the rest of the run stands.',
  )
}

export const RefusedPart = refusedForm('RefusedPart', {})
export type RefusedPart = Frozen<Static<typeof RefusedPart>>

/** What was found, with the tag that tells it from a refusal. */
export function fittedForm<T extends TProperties>($id: string, found: T, description?: string) {
  return Form($id, { outcome: Type.Literal('fitted'), ...found }, description)
}
