package espalier.core.space;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A space small enough to number its architectures. */
public interface Enumerable<A> extends SearchSpace<A> {

  /** How many there are. */
  int count();

  /** The architecture numbered {@code index}, from 0. */
  A at(int index);

  /** The number of an architecture. */
  int indexOf(A architecture);

  /** All of them in order. */
  default Stream<A> all() {
    return IntStream.range(0, count()).mapToObj(this::at);
  }
}
