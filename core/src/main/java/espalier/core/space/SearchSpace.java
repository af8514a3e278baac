package espalier.core.space;

import espalier.core.nn.Network;
import espalier.core.random.Philox;
import java.math.BigInteger;

/**
 * A set of architectures and the networks they stand for. What only some spaces can do is an
 * interface of its own: {@link Enumerable}, {@link Neighbourly}, {@link Crossable}, {@link
 * Categorical}, {@link Encodable}, {@link Relaxable}.
 *
 * @param <A> an architecture: an immutable value with {@code equals}
 */
public interface SearchSpace<A> {

  /** How many architectures a space has. */
  sealed interface Size {
    /** As many as this. */
    record Exact(BigInteger count) implements Size {}

    /** No bound. */
    record Unbounded() implements Size {}
  }

  /** Its name, {@code darts} for one. */
  String name();

  /** How many architectures it has, counted as values: equal functions may count twice. */
  Size size();

  /** An architecture drawn uniformly; the same for the same sequence. */
  A sample(Philox random);

  /**
   * A key that two architectures share only if they are the same trained function up to the names
   * of nodes, the order of terms and channels, and parts that reach no output.
   */
  String canonical(A architecture);

  /** The architecture in the community's notation. */
  String print(A architecture);

  /**
   * The architecture written in the community's notation.
   *
   * @throws espalier.core.io.DataException saying where the text is wrong and what was expected
   */
  A parse(String text);

  /** The network an architecture stands for. */
  Network model(A architecture, int classes);
}
