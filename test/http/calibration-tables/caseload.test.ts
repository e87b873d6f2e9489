// Which allocation of a person a table is tried on: that of the latest assessment, as it stands corrected.
import { withService } from '../../support/folder.ts'
import { post, smallAnswers, smallIntake, smallTable, withSmall } from '../driver.ts'

export const tests = withService(import.meta, async (t, service) => {
  const avon = await withSmall(service, 'avon')
  // Everybody would have something else by it, and so be listed.
  const curves = smallTable.curves.map((curve) => ({
    ...curve,
    knots: curve.knots.map((knot, i) => ({ ...knot, amountAnnual: String(i) })),
  }))
  await post(service, avon.author, '/v1/calibration-tables', { ...smallTable, key: 'other', curves })

  // £7,500, £12,500 and £17,500 by the table in force.
  const less = { ...smallAnswers.answers, money: 'none' }
  const more = { ...smallAnswers.answers, money: 'much' }

  type Recorded = { readonly id: string; readonly assessmentRef: string; readonly revision: number }

  async function sent(path: string, change: object): Promise<Recorded> {
    const answer = await post(service, avon.author, path, smallIntake({ ...change }))
    if (answer.statusCode !== 201) throw new Error(answer.body)
    return answer.json<{ assessment: Recorded }>().assessment
  }

  const assessed = (personRef: string, assessedOn: string, answers = smallAnswers.answers) =>
    sent('/v1/assessments', { personRef, assessedOn, answers })
  const corrected = (
    { id, assessmentRef, revision }: Recorded,
    personRef: string,
    assessedOn: string,
    answers = smallAnswers.answers,
  ) => {
    const change = { assessmentRef, revision: revision + 1, personRef, assessedOn, answers }
    return sent(`/v1/assessments/${id}/corrections`, change)
  }

  async function existing(personRef: string): Promise<string | undefined> {
    const answer = await post(service, avon.author, '/v1/calibration-tables/other/versions/1/application', {})
    if (answer.statusCode !== 200) throw new Error(answer.body)
    const { changes } = answer.json<{ changes: { personRef: string; existing: string }[] }>()
    const own = changes.filter((change) => change.personRef === personRef)
    if (own.length > 1) throw new Error(`${personRef} is counted ${own.length} times`)
    return own[0]?.existing
  }

  t.test('a correction of an older assessment does not come before a later assessment', async (t) => {
    const first = await assessed('P-1', '2026-05-01')
    await assessed('P-1', '2026-10-01', more)
    await corrected(first, 'P-1', '2026-05-01', less)
    t.equal(await existing('P-1'), '17500.00')
  })

  t.test('a correction takes the place of what it corrects, however often', async (t) => {
    await assessed('P-2', '2026-05-01')
    const second = await assessed('P-2', '2026-06-01')
    const again = await corrected(second, 'P-2', '2026-06-01', more)
    await corrected(again, 'P-2', '2026-06-01', less)
    t.equal(await existing('P-2'), '7500.00')
  })

  t.test('what a correction moves to an earlier day is no longer the latest', async (t) => {
    await assessed('P-3', '2026-06-01', more)
    const later = await assessed('P-3', '2026-07-01')
    await corrected(later, 'P-3', '2026-05-01', less)
    t.equal(await existing('P-3'), '17500.00')
  })

  t.test(
    'of two assessments on one day the one made later counts, whichever is corrected last',
    async (t) => {
      const first = await assessed('P-4', '2026-06-01')
      await assessed('P-4', '2026-06-01', more)
      const again = await corrected(first, 'P-4', '2026-06-01', less)
      await corrected(again, 'P-4', '2026-06-01')
      t.equal(await existing('P-4'), '17500.00')
    },
  )

  t.test('an assessment entered late does not come before one of a later day', async (t) => {
    await assessed('P-5', '2026-09-01', more)
    await assessed('P-5', '2026-05-01')
    t.equal(await existing('P-5'), '17500.00')
  })
})
