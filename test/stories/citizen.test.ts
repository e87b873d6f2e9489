// The citizen's story: she tries the sum at home, is assessed, gets the same figure, reads why, and finds out how to
// challenge it.
import {
  estimateOf,
  get,
  post,
  smallAnswers,
  smallIntake,
  smallQuestionnaire,
  smallTable,
  withSmall,
} from '../http/driver.ts'
import { withService } from '../support/folder.ts'
import { oracleAllocation } from '../support/oracle.ts'

export const tests = withService(import.meta, (t, service) => {
  t.test(
    'an estimate, the allocation that keeps it, its explanation and the way to challenge it',
    async (t) => {
      const council = await withSmall(service, 'avon')
      const intake = smallIntake()

      const tried = await service.request({
        method: 'POST',
        url: `/public/${council.id}/estimates`,
        payload: estimateOf(intake),
      })
      t.equal(tried.statusCode, 200, tried.body)
      const expected = oracleAllocation(smallQuestionnaire, smallTable, {
        answers: smallAnswers,
        eligible: true,
        otherNeeds: false,
      })
      const { amountAnnual, amountWeekly, contingencyAnnual, availableAnnual, outcome } = expected
      const figures = { amountAnnual, amountWeekly, contingencyAnnual, availableAnnual, outcome }
      t.match(tried.json(), figures, 'as a second computation has it, written from the contract alone')

      t.comment('The council assesses her. What she was told at home is what she gets.')
      const { allocation } = (await post(service, council.author, '/v1/assessments', intake)).json()
      t.match(allocation, figures)

      t.comment('She asks why, and is answered in words, with the sum and the way to challenge it.')
      const url = `/v1/allocations/${allocation.id}/explanation`
      const why = (await get(service, council.author, url, { accept: 'text/plain' })).body
      t.match(why, /£12,500/)
      t.match(why.replaceAll(/\s+/g, ' '), `Write to the complaints officer of ${council.id}.`)
      const { lines } = (await get(service, council.author, url)).json()
      const sections = new Set(lines.map(({ section }: { section: string }) => section))
      for (const section of ['answers', 'table', 'sum', 'check']) t.ok(sections.has(section), section)
    },
  )
})
