/** Comparing strategies on a table: many searches of each, statistics, and pictures of regret. */
package espalier.core.compare;
