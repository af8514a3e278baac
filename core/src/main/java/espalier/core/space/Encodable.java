package espalier.core.space;

/** Makes architectures points of a vector space, for predictors and distances. */
public interface Encodable<A> {

  /** Length of every encoding. */
  int encodingLength();

  /** The features of an architecture. */
  float[] encode(A architecture);

  /** The same features as predictors take them. */
  default double[] features(A architecture) {
    float[] encoding = encode(architecture);
    double[] features = new double[encoding.length];
    for (int i = 0; i < features.length; i++) {
      features[i] = encoding[i];
    }
    return features;
  }
}
