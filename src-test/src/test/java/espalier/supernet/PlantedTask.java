package espalier.supernet;

import espalier.core.data.Dataset;
import espalier.core.data.Splits;
import espalier.core.io.ImageSpec;
import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Layer;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Pool;
import espalier.core.random.Philox;
import espalier.core.space.Cell;
import espalier.core.space.CellBuilder;
import espalier.core.space.CellPlace;
import espalier.core.space.CellSpace;
import espalier.core.space.Operation;
import espalier.core.space.Relaxable;
import espalier.core.space.ReluConvNorm;
import espalier.core.space.Site;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Window2d;
import java.util.List;

/**
 * A task whose right operation and right edge are known.
 *
 * <p>An image is noise of ±1 in which each pixel is repeated once, {@code distance} pixels away:
 * across in one class, down in the other, which is its transpose. Pixels at any other displacement
 * are independent. All operations but convolutions commute with transposing an image, and the mean
 * over the image that follows forgets it: with them, both classes look alike. A convolution can
 * tell them apart only if two pixels of its window are {@code distance} apart: those of a dense 3×3
 * window are up to 2 apart, those of a window dilated twice are 2 or 4 apart. So at a distance of 1
 * the dense convolution is right, at a distance of 4 the dilated one, and nothing else is. The
 * second input of the cell is a mean over the image, which tells nothing.
 */
record PlantedTask(int distance) {
  static final int DENSE_DISTANCE = 1;
  static final int DILATED_DISTANCE = 4;

  private static final int SIDE = 16;
  private static final int CHANNELS = 8;
  private static final int IMAGES = 256;

  /** What may stand on an edge. */
  enum Choice implements Operation {
    NONE(Kind.ZERO),
    SKIP(Kind.IDENTITY),
    AVERAGE(Kind.FIXED),
    POINT(Kind.WEIGHTED),
    DENSE(Kind.WEIGHTED),
    DILATED(Kind.WEIGHTED);

    private final Kind kind;

    Choice(Kind kind) {
      this.kind = kind;
    }

    @Override
    public String label() {
      return name();
    }

    @Override
    public Kind kind(int stride) {
      return kind;
    }

    @Override
    public Layer layer(Site site) {
      return switch (this) {
        case NONE -> (scope, x) -> x.mul(0);
        case SKIP -> Layer.identity();
        case AVERAGE -> Pool.average(PoolWindow.same(3, 1));
        case POINT -> convolution(1, 1, site);
        case DENSE -> convolution(3, 1, site);
        case DILATED -> convolution(3, 2, site);
      };
    }

    private static Layer convolution(int kernel, int dilation, Site site) {
      Window2d window = Window2d.same(kernel, kernel, 1, dilation);
      return new ReluConvNorm(
          Conv.dense(site.channels(), kernel, kernel, window), site.form().norm());
    }
  }

  /**
   * One node that keeps one of two edges, which, as in the paper, cannot have the operation none.
   */
  record Space() implements Relaxable<Cell> {
    private static final List<Operation> CANDIDATES = List.of(Choice.values());
    private static final List<Operation> CHOICES =
        CANDIDATES.stream().filter(choice -> choice != Choice.NONE).toList();

    @Override
    public List<CellSpace> cellSpaces() {
      return List.of(
          new CellSpace("cell", 2, 1, 1, false, CellSpace.Output.LAST_NODE, CANDIDATES, CHOICES));
    }

    @Override
    public List<Cell> cells(Cell cell) {
      return List.of(cell);
    }

    @Override
    public Cell ofCells(List<Cell> cells) {
      return cells.getFirst();
    }

    @Override
    public Network supernet(int classes, List<CellBuilder> builders) {
      return network(classes, builders.getFirst(), Site.Form.SEARCH);
    }

    static Network network(int classes, CellBuilder cell, Site.Form form) {
      return (scope, images) -> {
        Layer stem = new ConvNorm(Conv.same(CHANNELS, 1, 1), BatchNorm.standard());
        Tensor x = stem.apply(scope.child("stem"), images);
        Tensor mean = x.mean(1, 3).broadcast(x.shape());
        CellPlace place = new CellPlace(0, CHANNELS, false, form);
        Tensor y = cell.build(scope.child("cell"), List.of(x, mean), place);
        Tensor seen = BatchNorm.standard().apply(scope.child("norm"), y).relu();
        Tensor features = Pool.globalAverage().apply(scope, seen);
        return Network.Outputs.of(Linear.of(classes).apply(scope.child("classifier"), features));
      };
    }
  }

  /** The cell that holds one operation on one edge. */
  static Cell cell(int input, Operation choice) {
    return new Space().cellSpaces().getFirst().cell(List.of(List.of(new Cell.Edge(input, choice))));
  }

  /** The only cell that can do better than chance. */
  Cell truth() {
    return cell(0, distance == DENSE_DISTANCE ? Choice.DENSE : Choice.DILATED);
  }

  /** Its images; the validation part is for comparing, or for measuring a given cell. */
  Splits splits(long seed) {
    float[] pixels = new float[2 * IMAGES * SIDE * SIDE];
    int[] labels = new int[2 * IMAGES];
    Philox random = Philox.of(seed, "planted images");
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 2;
      paint(random.trial(i), labels[i] == 1, pixels, i * SIDE * SIDE);
    }
    Dataset dataset =
        Dataset.of(new ImageSpec(SIDE, SIDE, 1), pixels, labels, List.of("across", "down"));
    return Splits.byCount(dataset, IMAGES, IMAGES, Splits.Sampling.STRATIFIED, seed);
  }

  /** Lines of blocks of {@code 2·distance} pixels, each block its first half twice. */
  private void paint(Philox random, boolean transposed, float[] pixels, int offset) {
    int block = 2 * distance;
    for (int line = 0; line < SIDE; line++) {
      int phase = random.step(1).below(line, block);
      for (int p = 0; p < SIDE; p++) {
        int moved = p + phase;
        int source = moved / block * distance + moved % distance;
        float value = random.step(2).below((long) line * 2 * SIDE + source, 2) == 0 ? -1 : 1;
        pixels[offset + (transposed ? p * SIDE + line : line * SIDE + p)] = value;
      }
    }
  }
}
