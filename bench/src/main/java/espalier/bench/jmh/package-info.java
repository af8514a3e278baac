/** The works as JMH benchmarks: whole rows of the comparison, and each kernel call by itself. */
package espalier.bench.jmh;
