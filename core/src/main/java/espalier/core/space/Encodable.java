package espalier.core.space;

/** A space whose architectures are points of a vector space, for predictors and distances. */
public interface Encodable<A> {

  /** Length of every encoding. */
  int encodingLength();

  /** The features of an architecture. */
  float[] encode(A architecture);
}
