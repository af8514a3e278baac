package espalier.bench.peers;

import org.bytedeco.pytorch.Tensor;

/**
 * The network around the cells of DARTS: stem, cells fed by the two before them, classifier.
 *
 * @param cells number of cells
 * @param builder of the cells
 */
record DartsNetwork(int cells, Builder builder) {

  /** Builds a cell from the two before it, brought to its channels and extent. */
  @FunctionalInterface
  interface Builder {
    Tensor build(Place at, Tensor s0, Tensor s1, boolean reduction);
  }

  /** Logits of images. */
  Tensor logits(Place at, Tensor images) {
    Tensor stem = Scopes.only(() -> at.child("stem").convNorm(images, 1));
    Tensor beforeLast = stem;
    Tensor last = stem;
    boolean halved = false;
    for (int i = 0; i < cells; i++) {
      boolean reduction = i == cells / 3 || i == 2 * cells / 3;
      Tensor next =
          cell(at.child("cells").child(Integer.toString(i)), beforeLast, last, halved, reduction);
      beforeLast = last;
      last = next;
      halved = reduction;
    }
    return at.child("classifier").classify(last);
  }

  private Tensor cell(Place at, Tensor beforeLast, Tensor last, boolean halved, boolean reduction) {
    return Scopes.only(() -> {
      Place first = at.child("preprocess0");
      Tensor s0 =
          Scopes.only(() ->
              halved
                  ? DartsLayers.factorizedReduce(first, beforeLast)
                  : first.reluConvNorm(beforeLast, 1));
      Tensor s1 = Scopes.only(() -> at.child("preprocess1").reluConvNorm(last, 1));
      return builder.build(at, s0, s1, reduction);
    });
  }
}
