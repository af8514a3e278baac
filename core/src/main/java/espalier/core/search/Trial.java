package espalier.core.search;

/**
 * One candidate tried once.
 *
 * @param number how many trials were begun before it
 * @param candidate an architecture
 */
public record Trial<A>(long number, A candidate, Fidelity fidelity, Start start) {}
