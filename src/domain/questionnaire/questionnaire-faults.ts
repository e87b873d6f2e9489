// What publication refuses in a questionnaire: whatever would make it impossible to answer or to score.

import type { CarerSupport, Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { FaultCode } from '../../contract/faults.ts'
import type { Fault } from '../../contract/refusal.ts'
import { Decimal, decimal, ONE, ZERO } from '../number/decimal.ts'
import { referralFaults } from './referral-faults.ts'

const FACTOR_MAXIMUM = new Decimal(10)

/** Everything that would make a questionnaire wrong to publish; empty when it may be published. */
export function questionnaireFaults(questionnaire: Questionnaire): readonly Fault[] {
  return [
    ...keyFaults(questionnaire),
    ...scaleFaults(questionnaire),
    ...weightingFaults(questionnaire),
    ...carerFaults(questionnaire),
    ...referralFaults(questionnaire),
  ]
}

function fault(pointer: string, code: FaultCode, detail: string): Fault {
  return { pointer, code, detail }
}

function duplicates(
  pointer: string,
  items: readonly { readonly key: string }[],
  seen = new Set<string>(),
): Fault[] {
  return items.flatMap(({ key }, index) => {
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    return [
      fault(
        `${pointer}/${index}/key`,
        'key-duplicate',
        `The key "${key}" is used more than once. Rename one of them.`,
      ),
    ]
  })
}

// Domains, weightings and add-ons share one set of keys, so that a referral rule names a question without doubt.
function keyFaults({
  userGroups,
  domains,
  weightings,
  carerSupport,
  addOns,
  referralRules,
}: Questionnaire): Fault[] {
  const questions = new Set<string>()
  const optionLists = [
    ...domains.map((domain, i) => [`/domains/${i}/options`, domain.options] as const),
    ...weightings.map((weighting, i) => [`/weightings/${i}/options`, weighting.options] as const),
    ...addOns.map((addOn, i) => [`/addOns/${i}/options`, addOn.options] as const),
    ['/carerSupport/options', carerSupport?.options ?? []] as const,
  ]
  return [
    ...duplicates('/userGroups', userGroups),
    ...duplicates('/domains', domains, questions),
    ...duplicates('/weightings', weightings, questions),
    ...duplicates('/addOns', addOns, questions),
    ...duplicates('/referralRules', referralRules),
    ...optionLists.flatMap(([pointer, options]) => duplicates(pointer, options)),
  ]
}

function scaleFaults({ domains, scaleMaximum }: Questionnaire): Fault[] {
  const highest = domains
    .map(({ options }) => Decimal.max(ZERO, ...options.map(({ points }) => decimal(points))))
    .reduce((sum, points) => sum.plus(points), ZERO)
  if (highest.lessThanOrEqualTo(scaleMaximum)) return []
  const detail = `The highest options add up to ${highest} points, above the scale maximum of ${scaleMaximum}. Raise the maximum or lower the options.`
  return [fault('/scaleMaximum', 'scale-exceeded', detail)]
}

function weightingFaults({ domains, weightings }: Questionnaire): Fault[] {
  const used = new Set(domains.flatMap(({ weightingGroup }) => weightingGroup ?? []))
  const weighted = new Set(weightings.map(({ appliesTo }) => appliesTo))
  return [
    ...domains.flatMap(({ weightingGroup }, i) =>
      weightingGroup === undefined || weighted.has(weightingGroup)
        ? []
        : fault(
            `/domains/${i}/weightingGroup`,
            'weighting-group-unknown',
            `No weighting applies to the group "${weightingGroup}". Add a weighting for it, or take the domain out of it.`,
          ),
    ),
    ...weightings.flatMap(({ appliesTo }, i) =>
      used.has(appliesTo)
        ? []
        : fault(
            `/weightings/${i}/appliesTo`,
            'weighting-group-unknown',
            `No domain is in the weighting group "${appliesTo}". Put a domain in it, or leave the weighting out.`,
          ),
    ),
    ...weightings.flatMap(({ options }, i) =>
      options.flatMap(({ factor }, j) =>
        decimal(factor).greaterThan(ZERO) && decimal(factor).lessThanOrEqualTo(FACTOR_MAXIMUM)
          ? []
          : fault(
              `/weightings/${i}/options/${j}/factor`,
              'factor-out-of-range',
              `Found the factor ${factor}; expected above 0 and at most ${FACTOR_MAXIMUM}. Change it.`,
            ),
      ),
    ),
  ]
}

function carerFaults({ domains, addOns, carerSupport }: Questionnaire): Fault[] {
  const fractions = (carerSupport?.options ?? []).flatMap(({ retainedFraction }, i) =>
    decimal(retainedFraction).lessThanOrEqualTo(ONE)
      ? []
      : fault(
          `/carerSupport/options/${i}/retainedFraction`,
          'factor-out-of-range',
          `Found the retained fraction ${retainedFraction}; expected from 0 to 1. Change it: 1 keeps all the points, 0 keeps none.`,
        ),
  )
  if (carerSupport !== undefined) return [...fractions, ...referAboveFaults(carerSupport)]
  const why = 'needs carerSupport, which this questionnaire does not define. Define it, or change this.'
  return [
    ...domains.flatMap(({ carerAdjustable }, i) =>
      carerAdjustable
        ? fault(`/domains/${i}/carerAdjustable`, 'carer-support-undefined', `An adjustable domain ${why}`)
        : [],
    ),
    ...addOns.flatMap(({ condition }, i) =>
      condition === 'carer-reduction-positive'
        ? fault(
            `/addOns/${i}/condition`,
            'carer-support-undefined',
            `The condition carer-reduction-positive ${why}`,
          )
        : [],
    ),
  ]
}

// With no such share, unpaid care could take everything and nobody would be told.
function referAboveFaults({ referAbove }: CarerSupport): Fault[] {
  const pointer = '/carerSupport/referAbove'
  if (referAbove === undefined) {
    const detail =
      'Nothing says when unpaid care takes off so much that a person must look. Give a share, such as 0.5.'
    return [fault(pointer, 'refer-above-missing', detail)]
  }
  const share = decimal(referAbove)
  if (share.greaterThan(ZERO) && share.lessThan(ONE)) return []
  const detail = 'The share is not above 0 and below 1. Give one such as 0.5.'
  return [fault(pointer, 'refer-above-out-of-range', detail)]
}
