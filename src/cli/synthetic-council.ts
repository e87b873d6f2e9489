// Makes a council about nobody, as a cohort's file or as assessments, from a seed: to try a calibration, a dashboard or
// a migration on before there are real cases. It needs no database.
import { writeFile } from 'node:fs/promises'
import { cohortLines } from '../domain/synthetic/cohort-lines.ts'
import { type CouncilTruth, syntheticCouncil } from '../domain/synthetic/council.ts'
import { intakes } from '../domain/synthetic/intakes.ts'
import { CommandRefused } from '../store/registration.ts'
import { type CommandForm, type Given, UsageError } from './arguments.ts'
import type { Outcome } from './outcome.ts'
import { readSampleQuestionnaire } from './sample-questionnaire-file.ts'

export const SYNTHETIC_COUNCIL: CommandForm = {
  options: {
    questionnaire: 'required',
    people: 'optional',
    seed: 'optional',
    price: 'optional',
    as: 'optional',
    on: 'optional',
    faults: 'flag',
    truth: 'optional',
  },
}

export async function makeSyntheticCouncil(given: Given): Promise<Outcome> {
  const form = given.optional('as') ?? 'cohort'
  const on = given.optional('on')
  if (on !== null && form === 'cohort')
    throw new UsageError('--on is the day of assessments. Add --as assessments, or leave it out.')
  const { ref, questionnaire } = await readSampleQuestionnaire(given.one('questionnaire'))
  const wishes = {
    people: Number(given.optional('people') ?? 5000),
    seed: Number(given.optional('seed') ?? 2026),
    price: Number(given.optional('price') ?? 1.7),
    faults: given.has('faults'),
  }
  const { people, truth } = syntheticCouncil(questionnaire, wishes)
  const file = given.optional('truth')
  if (file !== null) await writeTruth(file, { questionnaire: ref.key, ...wishes, ...truth })
  const days = daysUntil(on ?? '2026-06-01')
  const lines =
    form === 'cohort'
      ? cohortLines(questionnaire, people)
      : jsonLines(intakes(questionnaire, people, { questionnaire: ref, days }))
  return { lines, note: `made ${people.length} people who are nobody, from the seed ${wishes.seed}` }
}

async function writeTruth(file: string, truth: CouncilTruth & Record<string, unknown>): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(truth, null, 2)}\n`)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new CommandRefused(
      `The file of --truth cannot be written (${code}). Name one in a folder of yours.`,
    )
  }
}

const DAY_MS = 86_400_000
const DAYS = 250

// A working year of days, from the one given backwards.
function daysUntil(on: string): readonly string[] {
  const last = Date.parse(`${on}T00:00:00Z`)
  return Array.from({ length: DAYS }, (_, i) => new Date(last - i * DAY_MS).toISOString().slice(0, 10))
}

function* jsonLines(values: Iterable<object>): Generator<string, void, undefined> {
  for (const value of values) yield JSON.stringify(value)
}
