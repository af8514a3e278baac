package espalier.core.predict;

/** How alike two inputs are: a symmetric, positive semi-definite function. */
@FunctionalInterface
public interface Kernel<X> {

  /** The covariance of the targets of two inputs. */
  double covariance(X a, X b);
}
