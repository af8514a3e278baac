/**
 * The seams of a search: a {@link espalier.core.search.Strategy} says what to try, an {@link
 * espalier.core.search.Estimator} how good it is, {@link espalier.core.search.Objectives} what good
 * means, and a {@link espalier.core.search.BlackBoxStudy} joins them.
 */
package espalier.core.search;
