package espalier.core.space;

import espalier.core.nn.Network;

/**
 * A set of architectures and the networks they stand for. What only some spaces can do is an
 * interface of its own: {@link Enumerable}, {@link Neighbourly}, {@link Crossable}, {@link
 * Categorical}, {@link Encodable}, {@link Relaxable}.
 *
 * @param <A> an architecture: an immutable value with {@code equals}
 */
public interface SearchSpace<A> extends CandidateSpace<A> {

  /** The network an architecture stands for. */
  Network model(A architecture, int classes);
}
