package espalier.core.compose;

/**
 * An architecture and something decided beside it.
 *
 * @param architecture of one space
 * @param beside a decision of another
 */
public record Joined<A>(A architecture, Decision beside) {}
