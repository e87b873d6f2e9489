// Numbers that a shape bounds and a rule keeps to. Plain, so that the domain may take them as they are.

/** Of a curve: one for each whole number of points of the longest scale, and one for none. */
export const MOST_KNOTS = 1001

/** Pounds: twelve digits before the point. */
export const MOST_POUNDS = '999999999999.99'
