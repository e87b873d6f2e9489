// How close each method comes to what the workers themselves thought right (Lancashire's test on real cases).
import { mayShow } from '../../../domain/disclosure/may-show.ts'
import { present } from '../../../domain/present.ts'
import { change, grid, percent, pounds, text } from '../../grid.ts'
import type { DisclosedReport } from '../disclosed-report.ts'
import { gridItem, heading, type Item, paragraph } from '../section.ts'

/** Averages alone for the public: a share of few people would be a number of people. */
export function estimateItems({ methods, audience, persons }: DisclosedReport): readonly Item[] {
  const compared = methods.flatMap(({ method }) => {
    const agreement = method.estimateAgreement
    const enough = agreement !== null && agreement.rows > 0 && mayShow(agreement.rows, audience)
    return enough ? [{ title: method.title, ...agreement }] : []
  })
  if (compared.length === 0) return []
  const now = { title: 'Present costs', closeness: present(compared[0]).existing }
  const lines = [now, ...compared.map(({ title, amounts }) => ({ title, closeness: amounts }))]
  const titles = [
    'Amounts',
    'Average distance',
    'Higher (+) or lower (−) on average',
    ...(persons ? ['Within 10%', 'Within 25%'] : []),
  ]
  return [
    heading('The workers’ own estimates'),
    paragraph(
      'Where a worker had estimated what support should cost, this shows how far the amounts are from that estimate.',
    ),
    gridItem(
      grid(
        'Distance from the workers’ own estimates (£ a year)',
        titles,
        lines.map(({ title, closeness }) => [
          text(title),
          pounds(closeness.averageDistance),
          change(closeness.averageDifference),
          ...(persons ? [percent(closeness.within10Percent), percent(closeness.within25Percent)] : []),
        ]),
      ),
    ),
  ]
}
