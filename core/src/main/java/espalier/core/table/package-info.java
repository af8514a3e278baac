/** Benchmark tables: what others measured once, looked up instead of trained. */
package espalier.core.table;
