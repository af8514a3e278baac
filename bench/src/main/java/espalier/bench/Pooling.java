package espalier.bench;

import espalier.core.nn.Layer;
import espalier.core.nn.Pool;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Shape;

/** A 3×3 pool of stride 1 over 32×32 pixels of 16 channels, forward and backward. */
public record Pooling(Kind kind, int batch) implements LayerRow {
  /** Rows, and columns, of the window. */
  public static final int WINDOW = 3;

  private static final Shape IMAGE = Shape.of(1, 32, 32, 16);
  private static final int SMALL_BATCH = 3;
  private static final int PASSES = 2; // forward, backward

  /** What becomes of a window. */
  public enum Kind {
    /** Its largest element. */
    MAX("max-pool"),
    /** The mean of its pixels, padding not counted. */
    AVERAGE("average-pool");

    private final String title;

    Kind(String title) {
      this.title = title;
    }
  }

  @Override
  public String label() {
    return "%s %dx%d".formatted(kind.title, WINDOW, WINDOW);
  }

  @Override
  public Shape input() {
    return IMAGE.with(0, batch);
  }

  @Override
  public Layer layer() {
    PoolWindow window = PoolWindow.same(WINDOW, 1);
    return switch (kind) {
      case MAX -> Pool.max(window);
      case AVERAGE -> Pool.average(window);
    };
  }

  /** x and dy are read, y and dx written; a mean needs no x to go back. */
  @Override
  public Cost cost() {
    double elements = input().size();
    return new Cost(PASSES * (double) WINDOW * WINDOW * elements, 4 * elements * Cost.FLOAT);
  }

  @Override
  public Pooling small() {
    return new Pooling(kind, Math.min(batch, SMALL_BATCH));
  }

  @Override
  public double tolerance(String answer) {
    return Rounding.ofSums(WINDOW * WINDOW);
  }
}
