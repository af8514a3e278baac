/**
 * Neuroevolution of augmenting topologies: networks that grow while their weights evolve [Stanley
 * and Miikkulainen 2002].
 */
package espalier.core.neat;
