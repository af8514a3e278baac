package espalier.core.strategy;

import espalier.core.space.CandidateSpace;
import espalier.core.space.CandidateSpace.Size;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;

/** The architectures of a space that a strategy has already met. */
final class Seen<A> {
  private final Set<A> architectures = new HashSet<>();
  private final Size size;

  Seen(CandidateSpace<A> space) {
    size = space.size();
  }

  /** Notes an architecture; answers whether it is new. */
  boolean add(A architecture) {
    return architectures.add(architecture);
  }

  /** Whether an architecture was met. */
  boolean contains(A architecture) {
    return architectures.contains(architecture);
  }

  /** Whether the space has no other. */
  boolean isEverything() {
    return switch (size) {
      case Size.Exact(BigInteger count) -> count.equals(BigInteger.valueOf(architectures.size()));
      case Size.Unbounded() -> false;
    };
  }
}
