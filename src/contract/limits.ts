// Numbers that a shape bounds and a rule keeps to. Plain, so that the domain may take them as they are.

/** Of a curve: one for each whole number of points of the longest scale, and one for none. */
export const MOST_KNOTS = 1001

/** Pounds: twelve digits before the point. */
export const MOST_POUNDS = '999999999999.99'

/** Resamples of a bootstrap. */
export const FEWEST_RESAMPLES = 1000
export const MOST_RESAMPLES = 10_000

/** The form of a run's results, as they are stored and told. */
export const RESULTS_VERSION = 1

/** How often an amount is paid: each has its payments a year, some of them by the weeks a year is said to have. */
export const FREQUENCIES = ['weekly', 'fortnightly', '4-weekly', 'monthly', 'quarterly', 'annual'] as const
export type Frequency = (typeof FREQUENCIES)[number]

/** What a council may have published of its cohort already: groups with their bands of cost, bands of points, of age. */
export const BREAKDOWNS = ['groups', 'pointsBands', 'ageBands'] as const
export type Breakdown = (typeof BREAKDOWNS)[number]

/** Changes from the greatest gain to the greatest loss; without a present cost any money is a gain. */
export const CHANGE_CLASSES = ['withoutCost', 'muchMore', 'more', 'same', 'less', 'muchLess'] as const
export type ChangeClass = (typeof CHANGE_CLASSES)[number]

/** What a cohort may declare of its people beside their groups and ages. */
export const MOST_CHARACTERISTICS = 10
export const MOST_VALUES = 30
