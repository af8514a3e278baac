/**
 * Search spaces: which networks there are. One algebra of cells has the DARTS and the NAS-Bench-201
 * space as instances; a macro network places cells, whether a genotype describes them or a supernet
 * mixes them.
 */
package espalier.core.space;
