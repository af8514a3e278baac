package espalier.core.space;

import espalier.core.random.Philox;
import java.math.BigInteger;

/**
 * A set of candidates for a search, whatever an estimator makes of them: a {@link SearchSpace} says
 * which networks they stand for.
 *
 * @param <A> a candidate: an immutable value with {@code equals}
 */
public interface CandidateSpace<A> {

  /** How many candidates a space has. */
  sealed interface Size {
    /** As many as this. */
    record Exact(BigInteger count) implements Size {}

    /** No bound. */
    record Unbounded() implements Size {}
  }

  /** Its name, {@code darts} for one. */
  String name();

  /** How many candidates it has, counted as values: equal functions may count twice. */
  Size size();

  /** A candidate drawn uniformly, where there is such a thing; the same for the same sequence. */
  A sample(Philox random);

  /**
   * A key that two candidates share only if they are the same function up to the names of nodes,
   * the order of terms and channels, and parts that reach no output.
   */
  String canonical(A candidate);

  /** The candidate in the community's notation. */
  String print(A candidate);

  /**
   * The candidate written in the community's notation.
   *
   * @throws espalier.core.io.DataException saying where the text is wrong and what was expected
   */
  A parse(String text);
}
