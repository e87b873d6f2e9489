// Which questionnaire the synthetic council is drawn for: its draws stand for these questions and options alone, and
// only the points may be others.
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import { GROUPS } from './groups.ts'

/** The options of every domain, from the least need to the most. */
export const LEVELS = ['none', 'low', 'medium', 'high'] as const
export type Level = (typeof LEVELS)[number]

const DOMAINS = [
  'nutrition',
  'hygiene',
  'toilet',
  'clothing',
  'home_safely',
  'home_upkeep',
  'relationships',
  'work_learning',
  'community',
  'child_care',
  'safety',
  'decisions',
  'night',
]

const QUESTIONS = [
  `groups ${GROUPS.map(([{ key }]) => key)}`,
  ...DOMAINS.map((key) => `${key} ${LEVELS}`),
  'two_person no,sometimes,always',
  'support none,some,half,most,all',
  `carer_sustainability ${LEVELS}`,
].join('\n')

/** Whether it asks what the sample questionnaire for adults asks, in its order. */
export function isSampleQuestionnaire(questionnaire: Questionnaire): boolean {
  const { userGroups, domains, weightings, carerSupport, addOns } = questionnaire
  const asked = [
    `groups ${userGroups.map(({ key }) => key)}`,
    ...[...domains, ...weightings].map(({ key, options }) => `${key} ${keysOf(options)}`),
    `support ${keysOf(carerSupport?.options ?? [])}`,
    ...addOns.map(({ key, options }) => `${key} ${keysOf(options)}`),
  ]
  const adjustable = carerSupport?.scope === 'per-domain' && domains.every((domain) => domain.carerAdjustable)
  return adjustable && asked.join('\n') === QUESTIONS
}

function keysOf(options: readonly { readonly key: string }[]): readonly string[] {
  return options.map(({ key }) => key)
}
