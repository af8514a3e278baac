/** Statistics of experiments: rank correlations, intervals of means, paired tests. */
package espalier.core.statistics;
