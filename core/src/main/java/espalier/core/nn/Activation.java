package espalier.core.nn;

import espalier.core.tensor.Tensor;

/** What follows a normalisation. */
public enum Activation implements Layer {
  /** {@code max(x, 0)}. */
  RELU {
    @Override
    public Tensor apply(Scope scope, Tensor x) {
      return x.relu();
    }
  },

  /** {@code min(max(x, 0), 6)} [Krizhevsky 2010]. */
  RELU6 {
    @Override
    public Tensor apply(Scope scope, Tensor x) {
      return x.relu().min(x.graph().constant(6));
    }
  },

  /** {@code x · sigmoid(x)} [Ramachandran, Zoph, Le 2017]. */
  SWISH {
    @Override
    public Tensor apply(Scope scope, Tensor x) {
      return x.mul(x.sigmoid());
    }
  }
}
